"""Exclusion screening: 83,000 rows taken in and 20,000 people screened, beside a plain loop over all pairs.

The loops compare names alone and know nothing of birth dates, other names or nicknames; ours decides. Each side is a
process of its own, and the list another one in every round.
"""

import json
import subprocess
import sys
from collections.abc import Mapping

from tests.load.figures import Aim, Findings, Rounds, figure, ratio
from tests.load.invented_people import PEOPLE, ROWS
from tests.load.machine import ROOT
from tests.load.options import Options
from tests.load.screening_process import SAMPLE
from tests.load.servers import databases

LOOP, EXTRACT, OURS = "a loop of rapidfuzz over all pairs", "rapidfuzz's own loop (extract)", "firstshift"
WHOLE = "list taken in, everybody screened"
TIMES_FASTER = 20
MOST_MB = 600


def measure(options: Options) -> Findings:
    """Both sides in turn, so many rounds."""
    rounds = Rounds()
    for number in range(options.rounds):
        options.say(f"screening: round {number + 1} of {options.rounds}")
        with databases("credentialing") as urls:
            ours = _side("ours", str(number), urls["credentialing"])
        loops = _side("loop", str(number))
        rounds.add(LOOP, WHOLE, "s", value=loops["loop"])
        rounds.add(EXTRACT, WHOLE, "s", value=loops["extract"])
        rounds.add(OURS, WHOLE, "s", value=ours["load"] + ours["index"] + ours["screen"])
        for part, name in (("load", "list read and stored"), ("index", "index made"), ("screen", "everybody screened")):
            rounds.add(OURS, name, "s", value=ours[part])
        rounds.add(OURS, "people to look at", "people", value=ours["hit"])
        rounds.add(OURS, "memory at most", "MB", value=ours["memory"])
    figures = rounds.figures()
    plain, mine = figure(figures, LOOP, WHOLE), figure(figures, OURS, WHOLE)
    return Findings(
        measurement="screening",
        title="exclusion screening of everybody against a new list",
        floor=LOOP,
        settings=f"{ROWS:,} rows, {PEOPLE:,} people, {options.rounds} rounds; the loops' time for all people follows"
        f" from that for {SAMPLE}. Birth dates lie in memory; what is recorded of each screening is not counted.",
        figures=figures,
        aims=(
            Aim(text="times faster than the loop", value=ratio(plain, mine), sense="at least", bound=TIMES_FASTER),
            Aim(
                text="memory at most",
                value=max(figure(figures, OURS, "memory at most").rounds),
                sense="at most",
                bound=MOST_MB,
                unit="MB",
            ),
        ),
    )


def _side(*arguments: str) -> Mapping[str, float]:
    command = [sys.executable, "-m", "tests.load.screening_process", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
