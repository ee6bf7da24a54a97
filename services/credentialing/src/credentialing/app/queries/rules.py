"""What people read about rules, and what a rule would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.clearance import facility_day
from credentialing.domain.file import Basis, Difference, File, compare, posting, resolve_again
from credentialing.domain.file_change import FileChange, is_visible
from credentialing.domain.requirement import Scope
from credentialing.domain.resolution import Resolution, resolution, resolve
from credentialing.domain.rulebook.book import Rulebook, make_rulebook
from credentialing.domain.rulebook.editing import next_version
from credentialing.domain.rulebook.judging import rule_findings
from credentialing.domain.rulebook.place import FacilityFacts
from credentialing.domain.rulebook.rule import Condition, Rule
from credentialing.storage import credentials, file_changes, files, rules, waivers
from shared.contracts.assignments import FacilityChanged
from shared.db.work import Work
from shared.errors import Invalid, NotFound

MOST_FILES = 5_000
AT_ONCE = 200
SHOWN_FILES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFilter:
    """Which rules of the day; None asks nothing. `state` and `facility_id`: those that name it as a condition."""

    on: date | None = None
    level: Scope | None = None
    code: str | None = None
    state: str | None = None
    facility_id: str | None = None

    def fits(self, rule: Rule) -> bool:
        """Whether it is one of them, the day apart."""
        named = {one.condition: one.values for one in rule.when}
        is_level = self.level in (None, rule.level)
        is_asked = self.code is None or self.code in {*(one.code for one in rule.require), *rule.exempt}
        is_state = self.state is None or self.state in named.get(Condition.STATE, ())
        return is_level and is_asked and is_state and self._names_facility(named)

    def _names_facility(self, named: Mapping[Condition, frozenset[str]]) -> bool:
        return self.facility_id is None or self.facility_id in named.get(Condition.FACILITY, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesOfDay:
    """The rules in force on a day, in the order in which provenance names them, and the number of their set."""

    on: date
    rule_set: int
    items: Sequence[Rule]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResolution:
    """What the rules of set `rule_set` ask of a file whose items come from set `file_rule_set`."""

    rule_set: int
    file_rule_set: int
    resolution: Resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEffect:
    """What a rule would do to one open file; `is_cleared`: it has a clearance now."""

    file: File
    difference: Difference
    is_cleared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePreview:
    """What a rule would change: the effects on open files; `is_whole`: every file was looked at."""

    looked_at: int
    is_whole: bool
    effects: Sequence[FileEffect]


async def rules_of_day(work: Work, wanted: RuleFilter) -> RulesOfDay:
    """The rules that hold on a day, today unless said otherwise. Raises NoRequirementsInForce."""
    book = await rules.rulebook(work.session)
    on = wanted.on or work.now.date()
    found = [rule for rule in book.in_force(on) if wanted.fits(rule)]
    return RulesOfDay(on=on, rule_set=book.version, items=found)


async def rule_versions(work: Work, rule_id: str) -> Sequence[Rule]:
    """Every version of a rule, the newest last. Raises NotFound."""
    known = await rules.versions(work.session, rule_id)
    if not known:
        raise NotFound(what="rule", id=rule_id)
    return known


async def facility_facts(work: Work, facility_id: str) -> FacilityFacts:
    """What rules may ask of a facility. Raises NotFound for one that is not known here."""
    if await work.known(FacilityChanged, facility_id) is None:
        raise NotFound(what="facility", id=facility_id)
    return await rules.facts_of(work.session, facility_id)


async def changes_of_file(work: Work, file_id: str) -> tuple[FileChange, ...]:
    """What other rules or terms did to a file, the latest first. Raises NotFound."""
    await files.to_read(work.session, file_id)
    return await file_changes.of_file(work.session, file_id)


async def resolution_of_file(work: Work, file_id: str) -> FileResolution:
    """What the present rules ask of a file, by whose rules, and what they lift. Raises NotFound."""
    file = await files.to_read(work.session, file_id)
    book = await rules.rulebook(work.session)
    found = resolution(posting(file), file.terms.start_date, rulebook=book)
    return FileResolution(rule_set=book.version, file_rule_set=file.rule_set, resolution=found)


async def preview_rule(work: Work, wanted: Rule) -> RulePreview:
    """What this version of a rule would do to the open files of assignments that start on its first day or later.

    Looks at 5,000 files at most. Raises Invalid.
    """
    if findings := rule_findings(wanted):
        raise Invalid(findings=findings)
    before = await rules.rulebook(work.session)
    known = await rules.versions(work.session, wanted.rule_id)
    following = next_version(known, wanted)
    if following is None:
        return RulePreview(looked_at=0, is_whole=True, effects=())
    after = make_rulebook([*before.rules, following], version=before.version + 1, places=before.places.values())
    facilities = _facilities([*known[-1:], following])
    looked_at, last_id, effects = 0, "", list[FileEffect]()
    while looked_at < MOST_FILES:
        page = await files.open_from(
            work.session, following.effective_from, facilities=facilities, after=last_id, limit=AT_ONCE
        )
        effects += await _effects(work, page, before=before, after=after)
        looked_at += len(page)
        if len(page) < AT_ONCE:
            return RulePreview(looked_at=looked_at, is_whole=True, effects=effects)
        last_id = page[-1].file_id
    return RulePreview(looked_at=looked_at, is_whole=False, effects=effects)


def _facilities(versions: Sequence[Rule]) -> frozenset[str]:
    """The facilities that all of these versions are bound to; none when one of them is bound to no facility."""
    bound = [_named_facilities(rule) for rule in versions]
    return frozenset().union(*bound) if all(bound) else frozenset()


def _named_facilities(rule: Rule) -> frozenset[str]:
    return next((one.values for one in rule.when if one.condition is Condition.FACILITY), frozenset())


async def _effects(work: Work, page: Sequence[File], *, before: Rulebook, after: Rulebook) -> list[FileEffect]:
    touched = [file for file in page if _asks_other_things(file, before, after)]
    clinicians = {file.clinician_id for file in touched}
    await credentials.load_of_clinicians(work.session, clinicians)
    await waivers.load_of_clinicians(work.session, clinicians)
    effects = []
    for file in touched:
        basis = Basis(
            held=await credentials.of_clinician(work.session, file.clinician_id),
            today=facility_day(file, work.now),
            rulebook=before,
            waivers=await waivers.of_clinician(work.session, file.clinician_id),
        )
        difference = compare(resolve_again(file, basis), resolve_again(file, replace(basis, rulebook=after)))
        if is_visible(difference):
            effects.append(FileEffect(file=file, difference=difference, is_cleared=file.granted is not None))
    return effects


def _asks_other_things(file: File, before: Rulebook, after: Rulebook) -> bool:
    """By the lists alone, which is quick: most rules touch few files."""
    where, start = posting(file), file.terms.start_date
    return resolve(where, start, rulebook=before) != resolve(where, start, rulebook=after)
