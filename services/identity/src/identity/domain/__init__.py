"""The rules of identity: roles, passwords, delays after failures, what a token says; no I/O."""
