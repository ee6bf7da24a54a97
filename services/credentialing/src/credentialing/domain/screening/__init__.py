"""Lists of the excluded, and whether somebody is on one."""
