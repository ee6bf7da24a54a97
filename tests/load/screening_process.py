"""One side of the measurement of screening, in a process of its own so that its memory is its own.

`python -m tests.load.screening_process ours URL` or `... loop`; prints what it measured as JSON.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

from rapidfuzz import fuzz, process

from credentialing.app.load_release import LoadRelease, load_release
from credentialing.domain.screening.matching import Person, Verdict, compare, sought
from credentialing.domain.screening.names import PersonName
from credentialing.domain.screening.rows import records
from credentialing.storage.screening_index import Indexes
from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.principal import Principal
from tests.load.case_rows import NOW
from tests.load.invented_people import ON_THE_LIST, PEOPLE, Invented, Names, list_file, people
from tests.load.nowhere import log_into_nothing

SAMPLE = 40
"""People whom the loops compare with every row; the time for all follows from theirs."""
CUT_OFF = 85
TODAY = date(2026, 11, 20)


def main() -> None:
    """Measures the side that is named."""
    random = Random(int(sys.argv[2]))
    names = Names(random)
    among = people(names)
    content = list_file(names, among, random=random)
    found = asyncio.run(_ours(sys.argv[3], content, among)) if sys.argv[1] == "ours" else _loops(content, among)
    sys.stdout.write(json.dumps(found))


async def _ours(url: str, content: bytes, among: Sequence[Invented]) -> dict[str, float]:
    log_into_nothing("credentialing")
    engine = make_engine(url, application_name="bench")
    works = Works("credentialing", engine, FixedClock(NOW))
    before = getrusage(RUSAGE_SELF).ru_maxrss
    begun = perf_counter()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(content)
        command = LoadRelease(
            list_name="leie", posted_on=TODAY, path=path, sha256=sha256(content + url.encode()).hexdigest()
        )
        async with works.begin(Principal(subject="bench")) as work:
            release = await load_release(work, command)
    loaded = perf_counter()
    async with works.begin(Principal(subject="bench")) as work:
        index = await Indexes().of(work.session, release)
    indexed = perf_counter()
    hit = set()
    for place, one in enumerate(among):
        name = PersonName(first=one.first, last=one.last)
        whom = sought(Person(names=(name,), birth_date=one.birth_date))
        verdicts = {compare(whom, row, on=TODAY).verdict for row in index.candidates(whom)}
        if verdicts - {Verdict.CLEAR}:
            hit.add(place)
    screened = perf_counter()
    await engine.dispose()
    assert set(range(ON_THE_LIST)) <= hit, "somebody on the list was not found"
    return {
        "load": loaded - begun,
        "index": indexed - loaded,
        "screen": screened - indexed,
        "memory": getrusage(RUSAGE_SELF).ru_maxrss / 1024,
        "memory_before": before / 1024,
        "hit": len(hit),
    }


def _loops(content: bytes, among: Sequence[Invented]) -> dict[str, float]:
    """Each name against each row, by a loop and by the library's own; no birth dates, no other names."""
    rows = [record.fields for record in records(BytesIO(content))][1:]
    listed = [f"{row[1]} {row[0]}".strip() or row[3] for row in rows if row]
    sample = [f"{one.first} {one.last}".upper() for one in among[:SAMPLE]]
    begun = perf_counter()
    for name in sample:
        for other in listed:
            fuzz.token_sort_ratio(name, other, score_cutoff=CUT_OFF)
    looped = perf_counter()
    for name in sample:
        process.extract(name, listed, scorer=fuzz.token_sort_ratio, score_cutoff=CUT_OFF, limit=None)
    return {"loop": (looped - begun) * PEOPLE / SAMPLE, "extract": (perf_counter() - looped) * PEOPLE / SAMPLE}


if __name__ == "__main__":
    main()
