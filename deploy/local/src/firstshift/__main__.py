"""Entry of the command: every error a person can meet is one line with its fix."""

import sys

from rich.console import Console

from firstshift.cli import build
from firstshift.errors import CannotRun


def main() -> None:
    """Run the command; 1 when something stands in the way."""
    try:
        build(sys.argv[1:])()
    except CannotRun as error:
        _tell(error.problem, error.fix)
    except OSError as error:
        subject = error.filename or type(error).__name__
        _tell(f"{error.strerror or error} ({subject}).", "`firstshift doctor` looks closer.")


def _tell(problem: str, fix: str) -> None:
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"[bold red]{_plain(problem)}[/] {_plain(fix)}")
    sys.exit(1)


def _plain(text: str) -> str:
    return text.replace("[", r"\[")


if __name__ == "__main__":
    main()
