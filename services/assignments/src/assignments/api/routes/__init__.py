"""Assignments over HTTP: the directory, assignments, and the commands on one."""
