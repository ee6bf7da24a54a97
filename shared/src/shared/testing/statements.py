"""What is sent to the database, whichever way it goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine


@contextmanager
def noted_statements(engine: AsyncEngine) -> Iterator[list[str]]:
    """The statements that this engine runs from now on, without those that begin and end transactions."""
    sent: list[str] = []
    watched: list[Any] = []

    def note(query: Any) -> None:
        if not query.query.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            sent.append(" ".join(query.query.split()))

    def note_prepared(*call: Any) -> None:
        sent.append(" ".join(call[2].split()))

    def watch(connection: Any, *_: object) -> None:
        connection.driver_connection.add_query_logger(note)
        watched.append(connection.driver_connection)

    event.listen(engine.sync_engine, "checkout", watch)
    event.listen(engine.sync_engine, "before_cursor_execute", note_prepared)
    yield sent
    event.remove(engine.sync_engine, "checkout", watch)
    event.remove(engine.sync_engine, "before_cursor_execute", note_prepared)
    for connection in watched:
        connection.remove_query_logger(note)
