"""When a file can be clear, how likely that is before the start, and what decides it.

Every open item waits for what comes in and then for its confirmation; items run beside each other unless one must
wait for another (`order`). The result is exact for independent times and the same whenever it is asked. Items of the
health, background and I-9 parts are told as their part alone to who does not see them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce

from credentialing.domain.file import File
from credentialing.domain.forecast.durations import Durations, Stage
from credentialing.domain.forecast.order import LAST, gate_of
from credentialing.domain.forecast.spread import CERTAIN, Spread
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.requirement import Owner, Partition

EXPECTED_PER_MILLE, LIKELY_PER_MILLE = 500, 900
MOST_DRIVERS = 6
AT_ONCE = Spread.exactly(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A part of what is still open: an item's code, or the name of a part that is not shown.

    `expected_days` and `likely_days` are from today, for it alone with what it waits for; `odds_if_met` is the chance
    per mille of the whole file were it met today: the difference to the odds is what hurrying it is worth. `cases` is
    how many files were measured for it, 0 while the catalogue's figures stand alone.
    """

    name: str
    waits_for: str
    stage: Stage
    expected_days: int
    likely_days: int
    odds_if_met: int = 0
    cases: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A file's outlook: the day by which it is clear in one case of two, and in nine of ten.

    `odds_by_start` is the chance per mille of being clear on the first day. `critical_path` names, in order, what
    takes longest one after another; `drivers` the parts that decide, the greatest gain first. Nothing open: today.
    """

    expected_on: date
    likely_by: date
    odds_by_start: int
    critical_path: tuple[str, ...] = ()
    drivers: tuple[Driver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wait:
    """An open item with its own time, the item it begins after, and what it is told as."""

    item: Item
    name: str
    stage: Stage
    own: Spread
    gate: str | None


def forecast(file: File, today: date, *, durations: Durations, shows_all: bool = False) -> Forecast:
    """The outlook of a file as it stands today, by the durations known.

    `shows_all`: whoever reads it sees the items of confidential parts, too.
    """
    waits = _waits(file, today, durations=durations, shows_all=shows_all)
    if not waits:
        return Forecast(expected_on=today, likely_by=today, odds_by_start=1000)
    trees = _trees(waits)
    whole = _whole(waits, trees)
    to_start = (file.terms.start_date - today).days
    return Forecast(
        expected_on=today + timedelta(days=whole.quantile(EXPECTED_PER_MILLE)),
        likely_by=today + timedelta(days=whole.quantile(LIKELY_PER_MILLE)),
        odds_by_start=_per_mille(whole.within(to_start)),
        critical_path=_critical_path(waits),
        drivers=_drivers(waits, trees, to_start=to_start, durations=durations),
    )


def _waits(file: File, today: date, *, durations: Durations, shows_all: bool) -> Mapping[str, _Wait]:
    if not file.is_open:
        return {}
    items = [item for item in file.items if item.stands_in_the_way]
    codes = [item.code for item in items]
    start = file.terms.start_date
    waits = {item.code: _wait(item, gate_of(item.code, codes), today, durations) for item in items}
    names = {item.code: _name(item, shows_all=shows_all) for item in items}
    return {code: replace(one, own=_not_before(one, start, today), name=names[code]) for code, one in waits.items()}


def _wait(item: Item, gate: str | None, today: date, durations: Durations) -> _Wait:
    """What came in has begun to wait for its check; a gate that is not met holds the beginning back."""
    verify = durations.spread(item.requirement, Stage.VERIFY)
    since = durations.waits_since.get(item.code)
    waited = max((today - since).days, 0) if since and gate is None else 0
    if item.status is ItemStatus.RECEIVED:
        return _Wait(item=item, name=item.code, stage=Stage.VERIFY, own=verify.after_waiting(waited), gate=gate)
    obtain = durations.spread(item.requirement, Stage.OBTAIN)
    if item.status is ItemStatus.MISSING:
        obtain = obtain.after_waiting(waited)
    return _Wait(item=item, name=item.code, stage=Stage.OBTAIN, own=obtain.then(verify), gate=gate)


def _not_before(wait: _Wait, start: date, today: date) -> Spread:
    """What is good only so many days before the start is not begun before that window opens."""
    window = wait.item.requirement.validity.window_days
    if window is None or wait.stage is Stage.VERIFY:
        return wait.own
    return Spread.exactly(max((start - timedelta(days=window) - today).days, 0)).then(wait.own)


def _whole(waits: Mapping[str, _Wait], trees: Mapping[str, Spread]) -> Spread:
    """Everything beside each other, each after its gate, and last what is made of the rest."""
    return _beside(trees.values()).then(_beside(waits[code].own for code in LAST if code in waits))


def _trees(waits: Mapping[str, _Wait]) -> dict[str, Spread]:
    """Of each item that may begin at once, the time until it and all that waits for it are met."""
    return {code: _tree(waits, code) for code, wait in waits.items() if wait.gate is None and code not in LAST}


def _tree(waits: Mapping[str, _Wait], code: str) -> Spread:
    """An item, and after it all that begins when it is met; exact, since they share its time."""
    after = _beside(_tree(waits, other) for other, wait in waits.items() if wait.gate == code)
    return waits[code].own.then(after)


def _beside(spreads: Iterable[Spread]) -> Spread:
    return reduce(Spread.beside, spreads, AT_ONCE)


def _critical_path(waits: Mapping[str, _Wait]) -> tuple[str, ...]:
    """From the item whose chain takes longest to the end of that chain, and then what comes last."""
    path: list[str] = []
    beginning: str | None = None
    while following := [code for code, wait in waits.items() if wait.gate == beginning and code not in LAST]:
        beginning = max(following, key=lambda code: (_tree(waits, code).quantile(LIKELY_PER_MILLE), code))
        path.append(beginning)
    path += [code for code in LAST if code in waits]
    return tuple(dict.fromkeys(waits[code].name for code in path))


def _drivers(
    waits: Mapping[str, _Wait], trees: Mapping[str, Spread], *, to_start: int, durations: Durations
) -> tuple[Driver, ...]:
    parts: dict[str, list[str]] = {}
    for code, wait in waits.items():
        parts.setdefault(wait.name, []).append(code)
    odds = {name: _odds_if_met(codes, waits, trees, to_start) for name, codes in parts.items()}
    found = [
        replace(_driver(name, codes, waits), odds_if_met=odds[name], cases=min(map(durations.cases, codes)))
        for name, codes in parts.items()
    ]
    found.sort(key=lambda one: (-one.odds_if_met, -one.likely_days, one.name))
    return tuple(found[:MOST_DRIVERS])


def _odds_if_met(codes: Sequence[str], waits: Mapping[str, _Wait], trees: Mapping[str, Spread], to_start: int) -> int:
    """The chance per mille of the whole were these met today; only the trees they stand in change."""
    met = {code: replace(wait, own=AT_ONCE) if code in codes else wait for code, wait in waits.items()}
    changed = {waits[code].gate or code for code in codes}
    after = {code: _tree(met, code) if code in changed else tree for code, tree in trees.items()}
    return _per_mille(_whole(met, after).within(to_start))


def _driver(name: str, codes: Sequence[str], waits: Mapping[str, _Wait]) -> Driver:
    through = {code: _through(waits, code) for code in codes}
    slowest = max(codes, key=lambda code: (through[code].quantile(LIKELY_PER_MILLE), code))
    takes = _beside(through.values())
    return Driver(
        name=name,
        waits_for=_mover(waits[slowest]),
        stage=waits[slowest].stage,
        expected_days=takes.quantile(EXPECTED_PER_MILLE),
        likely_days=takes.quantile(LIKELY_PER_MILLE),
    )


def _through(waits: Mapping[str, _Wait], code: str) -> Spread:
    """The time until an item is met, its gate's before it."""
    gate = waits[code].gate
    return waits[code].own if gate is None else waits[gate].own.then(waits[code].own)


def _mover(wait: _Wait) -> str:
    return Owner.SPECIALIST if wait.stage is Stage.VERIFY else wait.item.requirement.owner


def _name(item: Item, *, shows_all: bool) -> str:
    part = item.requirement.partition
    return item.code if shows_all or part is Partition.PERSONNEL else part.value


def _per_mille(chance: int) -> int:
    return chance * 1000 // CERTAIN
