"""One of the two processes of the latency measurement: `… writer` or `… consumer`, and its course as JSON.

Says `ready`. The writer begins at a line on standard input, and answers with when each offer was due and when it was
committed; its relay runs until its input ends. The consumer reads how many effects to wait for, and answers with when
each was committed. Times are seconds of the monotonic clock, which both processes share.
"""

import asyncio
import gc
import json
import sys
from collections.abc import Iterable, Mapping
from time import monotonic
from typing import Any

import uvloop

from tests.load.backbone import PRODUCT, Course, Receiver, Sender
from tests.load.backbone_by_hand import HandReceiver, HandSender
from tests.load.backbone_product import ProductReceiver, ProductSender
from tests.load.nowhere import log_into_nothing
from tests.load.offers import fresh_offer
from tests.load.open_loop import run_open_loop


async def write(course: Course) -> None:
    """Sends offers at their rate."""
    sender: Sender = ProductSender(course) if course.style == PRODUCT else HandSender(course)
    await sender.start()
    _settle()

    async def one(_: int, due: float) -> tuple[str, float, float]:
        offer = fresh_offer()
        await sender.write(offer)
        return offer.assignment_id, due, monotonic()

    await _line("ready")
    times = await run_open_loop(one, per_second=course.per_second, seconds=course.seconds)
    await _line(json.dumps({key: [due, committed] for key, due, committed in times}))
    await sender.stop()


async def consume(course: Course) -> None:
    """Applies what comes until enough has come."""
    receiver: Receiver = ProductReceiver(course) if course.style == PRODUCT else HandReceiver(course)
    effects: dict[str, float] = {}
    changed = asyncio.Event()

    def note(keys: Iterable[str]) -> None:
        effects.update(dict.fromkeys(keys, monotonic()))
        changed.set()

    await receiver.start(note)
    _settle()
    wanted = int(await _line("ready"))
    await _until(effects, changed, wanted=wanted)
    await _line(json.dumps(effects))
    await receiver.stop()


async def _until(effects: Mapping[str, Any], changed: asyncio.Event, *, wanted: int) -> None:
    async with asyncio.timeout(60):
        while len(effects) < wanted:
            changed.clear()
            await changed.wait()


def _settle() -> None:
    gc.collect()
    gc.freeze()


async def _line(answer: str) -> str:
    """Says something and returns the next line that comes, empty at the end."""
    sys.stdout.write(answer + "\n")
    sys.stdout.flush()
    return await asyncio.to_thread(sys.stdin.readline)


def main() -> None:
    """Plays the part named on the command line."""
    part, course = sys.argv[1], Course(**json.loads(sys.argv[2]))
    log_into_nothing(part)
    uvloop.run(write(course) if part == "writer" else consume(course))


if __name__ == "__main__":
    main()
