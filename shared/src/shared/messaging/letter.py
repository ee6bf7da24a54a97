"""A record with what could be read of it."""

from dataclasses import dataclass
from hashlib import sha256

from pydantic import ValidationError

from shared.contracts.catalogue import topic_named
from shared.errors import Refused, Unavailable
from shared.messaging.broker import Record
from shared.messaging.envelope import LONGEST_SUBJECT, Envelope, Undecodable, from_record
from shared.messaging.order import Position

Key = tuple[str, str]
"""A topic and the key of one aggregate in it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One record on its way to a handler: its envelope, or why it has none."""

    record: Record
    envelope: Envelope | None
    fault: str = ""

    @property
    def key(self) -> Key:
        """What is parked when this one cannot be applied: its aggregate, or the record alone when it names none."""
        if self.envelope:
            return self.record.topic, self.envelope.subject
        if self.record.key is None:
            return self.record.topic, place_name(self.record.partition, self.record.offset)
        readable = self.record.key.decode(errors="backslashreplace").replace("\x00", "\\x00")
        return self.record.topic, readable[:LONGEST_SUBJECT]

    @property
    def position(self) -> Position | None:
        """Its place in its stream, if it can be read."""
        if self.envelope is None:
            return None
        return Position(self.envelope.epoch, self.envelope.aggregateversion)

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of headers and value: the same bytes at the same offset are the same record."""
        return sha256(repr((self.record.headers, self.record.value)).encode()).digest()


def place_name(partition: int, offset: int) -> str:
    """What stands for the key of a record without one."""
    return f"@{partition}:{offset}"


def open_letter(record: Record) -> Letter:
    """Reads the attributes of a record; what cannot be read becomes its fault."""
    try:
        envelope = from_record(record)
        if envelope.is_tombstone and topic_named(record.topic).kind != "state":
            return Letter(record, None, "a log stream has no tombstones")
        return Letter(record, envelope)
    except Undecodable as error:
        return Letter(record, None, str(error))


def describe(error: BaseException) -> str:
    """What went wrong, for an operator, without any value of the event."""
    if isinstance(error, ValidationError):
        return "; ".join(
            f"/{'/'.join(str(part) for part in fault['loc'])}: {fault['type']}"
            for fault in error.errors(include_input=False, include_url=False, include_context=False)
        )
    if isinstance(error, Refused):
        return f"refused: {error.code}"
    if isinstance(error, Undecodable | Unavailable):
        return f"{type(error).__name__}: {error}"
    return f"{type(error).__name__} at {_where(error)}"


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
