"""A second consumer: the same accepted offers through payroll's, in batches beside one transaction for each.

No floor is written for it: it shows whether what holds for housing holds for a service with other tables and rules.
"""

import asyncio
import gc

from payroll.consumers import handlers
from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.messaging.delivery import Delivery
from tests.load.case_rows import NOW
from tests.load.consumer import BATCH, SINGLE_EVENTS, Variant, run_variant
from tests.load.figures import Findings, Rounds
from tests.load.nowhere import log_into_nothing
from tests.load.offers import facility_record, offer_records
from tests.load.options import Options
from tests.load.servers import databases

EVENTS = 1000
SINGLY, BATCHES, POISONED = "one transaction each", "batches of 200", "batches of 200, one poison event in each"


def measure(options: Options) -> Findings:
    """The three ways in turn."""
    with databases("payroll") as urls:
        rounds = asyncio.run(_measure(urls["payroll"], options))
    return Findings(
        measurement="payroll",
        title="accepted offers through payroll's consumer",
        floor=SINGLY,
        settings=f"{EVENTS} events a round ({SINGLE_EVENTS} where each has a transaction), {options.rounds} rounds.",
        figures=rounds.figures(),
    )


async def _measure(url: str, options: Options) -> Rounds:
    log_into_nothing("payroll")
    engine = make_engine(url, application_name="bench")
    deliver = Delivery(Works("payroll", engine, FixedClock(NOW)), handlers).deliver
    await deliver([facility_record()])
    await deliver(offer_records(BATCH))
    gc.collect()
    gc.freeze()
    rounds = Rounds()
    for number in range(options.rounds):
        options.say(f"payroll: round {number + 1} of {options.rounds}")
        for variant in (
            Variant(name=SINGLY, deliver=deliver, events=SINGLE_EVENTS, batch=1),
            Variant(name=BATCHES, deliver=deliver, events=EVENTS),
            Variant(name=POISONED, deliver=deliver, events=EVENTS, poison_each=BATCH),
        ):
            await run_variant(variant, rounds)
    await engine.dispose()
    return rounds
