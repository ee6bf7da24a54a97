"""The one error a person at the keyboard meets: what is wrong, and the one fix."""


class CannotRun(Exception):
    """Something stands in the way; shown as one line with its fix, never as a traceback."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(f"{problem} {fix}")
        self.problem = problem
        self.fix = fix
