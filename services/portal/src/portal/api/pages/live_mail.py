"""What one open page has yet to be told, bounded: a reader who is slow is told to look at everything again."""

import asyncio
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from portal.domain.change import ASSIGNMENTS, ITEMS, MOST_IDS, OTHERS, Change
from shared.reach import Reach

PLACES, SERVICES = "places", "services"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What is told at once: ids by kind, and whether everything is to be looked at again."""

    ids: Mapping[str, Collection[str]]
    is_everything: bool

    def events(self, at: datetime) -> Iterator[str]:
        """The events of the stream; by their ids, whoever comes back says until when they know everything.

        With nothing to tell there is a beat: the line stands, and the instant moves on.
        """
        stamp = f"id: {instant_id(at)}\n"
        if self.is_everything:
            yield f"{stamp}event: look\ndata: {{}}\n\n"
        told = {kind: sorted(self.ids.get(kind, ())) for kind in (ITEMS, ASSIGNMENTS, OTHERS)}
        if any(told.values()):
            yield f"{stamp}event: changed\ndata: {json.dumps({**told, 'at': at.isoformat()})}\n\n"
        if PLACES in self.ids:
            yield f"event: present\ndata: {json.dumps({PLACES: sorted(self.ids[PLACES])})}\n\n"
        if SERVICES in self.ids:
            yield f"event: services\ndata: {json.dumps({'down': sorted(self.ids[SERVICES])})}\n\n"
        if not self.ids and not self.is_everything:
            yield f"{stamp}event: beat\ndata: {{}}\n\n"


class Mailbox:
    """Collects what one listener is to be told; `woken` is set while there is something."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self._ids: dict[str, set[str]] = {}
        self._is_everything = False

    def put(self, kind: str, ids: Collection[str]) -> None:
        """Adds ids of a kind; more than a page can show become "everything"."""
        if kind == SERVICES:
            self._ids[kind] = set(ids)
        elif not ids or (self._is_everything and kind != PLACES):
            return
        else:
            known = self._ids.setdefault(kind, set())
            known.update(ids)
            if len(known) > MOST_IDS:
                self.put_everything()
        self.woken.set()

    def put_changes(self, changes: Iterable[Change], reach: Reach) -> None:
        """Adds those that somebody with this reach may know of."""
        for change in changes:
            if change.is_within(reach):
                for kind, ids in change.told().items():
                    self.put(kind, ids)

    def put_everything(self) -> None:
        """Says that everything is to be looked at again, whatever was to be told of single objects."""
        self._is_everything = True
        self._ids = {kind: ids for kind, ids in self._ids.items() if kind in (PLACES, SERVICES)}
        self.woken.set()

    def take(self) -> Mail:
        """What has collected since the last time."""
        mail = Mail(ids=self._ids, is_everything=self._is_everything)
        self._ids, self._is_everything = {}, False
        self.woken.clear()
        return mail


def instant_id(instant: datetime) -> int:
    """The instant as an event's id: milliseconds of the epoch."""
    return (instant - _EPOCH) // _MS


def instant_of(event_id: str) -> datetime | None:
    """The instant that an event's id stands for; None for what is none of ours."""
    is_ours = event_id.isascii() and event_id.isdigit() and len(event_id) <= 14
    return _EPOCH + int(event_id) * _MS if is_ours else None
