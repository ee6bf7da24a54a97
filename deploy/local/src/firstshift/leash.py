"""Becomes another program that cannot outlive whoever started it.

Run as a plain file: `python -I -S leash.py <parent pid> <signal> <uid:gid or -> <program> <arguments…>`.
The kernel sends the signal when the parent dies, even by kill -9. It is asked for after the change of user, which
clears it, and in a process of its own: code between fork and exec is unsafe in a program with threads.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def _become_user(user: str) -> None:
    if user == "-":
        return
    uid, gid = (int(part) for part in user.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def _die_with(parent: int, signal_number: int) -> None:
    if sys.platform != "linux":
        return  # elsewhere the next start finds and stops what was left over
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:
        sys.exit(1)  # the parent died before the kernel was asked


def main() -> None:
    """Drop rights, tie the knot, become the program."""
    parent, signal_number, user, *command = sys.argv[1:]
    _become_user(user)
    _die_with(int(parent), int(signal_number))
    os.execv(command[0], command)  # noqa: S606 - this is what the file is for


if __name__ == "__main__":
    main()
