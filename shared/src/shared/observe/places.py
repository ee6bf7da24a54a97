"""Where in the code an error came from, for a log: messages of errors can hold values of events and requests."""

from traceback import extract_tb


def places(error: BaseException, *, most: int = 8) -> list[str]:
    """The innermost code places of an error and of what it grouped, as `file:line function`; never its message."""
    if isinstance(error, BaseExceptionGroup):
        return [place for one in error.exceptions for place in (type(one).__name__, *places(one))]
    frames = extract_tb(error.__traceback__)[-most:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """The path as from the folder of packages that it lies in."""
    for folder in ("/site-packages/", "/src/"):
        if folder in path:
            return path.rpartition(folder)[2]
    return path.rpartition("/")[2]
