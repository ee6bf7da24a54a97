"""Everybody with an open file is screened against the newest release of each list, some at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from credentialing.app.take_result import take_result
from credentialing.domain.file import File
from credentialing.domain.screening.case import CaseState, ExclusionCase, reconcile
from credentialing.domain.screening.index import ListIndex
from credentialing.domain.screening.lists import ExclusionList, list_named
from credentialing.domain.screening.matching import Listed, Person, Sought, Verdict, compare, gravest, sought
from credentialing.domain.screening.record import Hit, Screening
from credentialing.domain.screening.release import Release
from credentialing.domain.screening.results import Occasion, Standing, results_of
from credentialing.domain.screening.tasks import earliest, told
from credentialing.storage import credentials, files, screening_cases, screening_records, screening_releases
from credentialing.storage.screening_index import Indexes
from credentialing.storage.screening_people import People
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.workstreams import reporting

AT_ONCE = 50
"""People in one transaction; who was screened is known, so that it goes on where it stopped."""
CLEARED_KEPT = 20
"""Rows of exactly the name that clear by another birth date, kept as evidence."""
UNRELATED = frozenset(("name_different", "npi_filler_ignored", "entity_row"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """One release being searched."""

    kept: ExclusionList
    release: Release
    index: ListIndex
    in_use: frozenset[str]
    people: People


@dataclass(frozen=True, slots=True, kw_only=True)
class _Someone:
    """A person being searched for, with their open files."""

    clinician_id: str
    person: Person
    fingerprint: str
    files: Sequence[File]


async def screen_people(work: Work, *, people: People, indexes: Indexes) -> int:
    """Screens at most 50 of those who are due against one list; how many. Raises VaultUnavailable."""
    newest = await screening_releases.newest_of_each(work.session)
    for release in newest:
        due = await screening_records.due(work.session, release, today=work.now.date(), limit=AT_ONCE)
        if due:
            search = _Search(
                kept=list_named(release.list_name),
                release=release,
                index=await indexes.of(work.session, release),
                in_use=frozenset(one.list_name for one in newest) - {release.list_name},
                people=people,
            )
            await _load(work, due)
            for clinician_id, version in due.items():
                await _screen(work, search, clinician_id, version)
            return len(due)
    indexes.rest()
    return 0


async def _load(work: Work, due: Mapping[str, str]) -> None:
    """Reads and locks at once what each will need, in the order of every batch of this department."""
    assignments = await screening_records.open_assignments(work.session, due)
    await files.load_of_assignments(work.session, assignments)
    await credentials.load_of_clinicians(work.session, due)
    await reporting.load(work, assignments)


async def _screen(work: Work, search: _Search, clinician_id: str, version: str) -> None:
    someone = await _someone(work, search.people, clinician_id)
    hits = _hits(sought(someone.person), search, work)
    done = _screening(work, search, someone, hits)
    await search.people.keep_identity(work, clinician_id, person=someone.person, fingerprint=someone.fingerprint)
    await screening_records.save(work.session, done)
    cases = await _settled_cases(work, search, someone, hits)
    standing = Standing(
        clinician_id=clinician_id,
        files=someone.files,
        held=await credentials.of_clinician(work.session, clinician_id),
        cases=cases,
    )
    occasion = Occasion(at=work.now, by=work.principal.subject, release_id=search.release.release_id)
    for result in results_of(search.kept, standing, occasion=occasion, new_id=work.new_id):
        await take_result(work, result)
    await screening_records.note_files(work.session, done, files=someone.files, person_version=version)


async def _someone(work: Work, people: People, clinician_id: str) -> _Someone:
    known = await work.require_known(ClinicianChanged, clinician_id)
    found = await files.open_of_clinician(work.session, clinician_id)
    person = await people.person(work, known, work_states=frozenset(file.work_state for file in found))
    fingerprint = await people.fingerprint(person)
    return _Someone(clinician_id=clinician_id, person=person, fingerprint=fingerprint, files=found)


def _hits(whom: Sought, search: _Search, work: Work) -> tuple[Hit, ...]:
    today = work.now.date()
    wanted: list[Hit] = []
    cleared: list[Hit] = []
    for row in search.index.candidates(whom):
        match = compare(whom, row, on=today, in_use=search.in_use)
        if match.verdict is Verdict.CLEAR and set(match.reasons) <= UNRELATED:
            continue
        hit = Hit(
            line=row.entry.line,
            fingerprint=row.entry.fingerprint,
            verdict=match.verdict,
            reasons=match.reasons,
            score=_score(whom, row),
        )
        (cleared if match.verdict is Verdict.CLEAR else wanted).append(hit)
    return (*wanted, *cleared[:CLEARED_KEPT])


def _score(whom: Sought, row: Listed) -> int:
    listed = f"{' '.join(row.shape.given)} {row.shape.last}"
    mine = (f"{' '.join(shape.given)} {shape.last}" for shape, _ in whom.shapes)
    return max((round(fuzz.token_sort_ratio(name, listed)) for name in mine), default=0)


def _screening(work: Work, search: _Search, someone: _Someone, hits: Sequence[Hit]) -> Screening:
    return Screening(
        screening_id=work.new_id("scr"),
        clinician_id=someone.clinician_id,
        list_name=search.kept.name,
        release_id=search.release.release_id,
        person_fingerprint=someone.fingerprint,
        names_compared=len(someone.person.names),
        has_birth_date=someone.person.birth_date is not None,
        has_npi=sought(someone.person).npi is not None,
        outcome=gravest(hit.verdict for hit in hits),
        hits=tuple(hits),
        screened_at=work.now,
    )


async def _settled_cases(
    work: Work, search: _Search, someone: _Someone, hits: Sequence[Hit]
) -> Sequence[ExclusionCase]:
    """All cases of the person after this search: some opened, some no longer needed."""
    known = await screening_cases.of_clinician(work.session, someone.clinician_id)
    own = [case for case in known if case.list_name == search.kept.name]
    settled = reconcile(hits, own, person_fingerprint=someone.fingerprint)
    for case in settled.withdrawn:
        await _save(work, replace(case, state=CaseState.WITHDRAWN), case, someone)
    for case, hit in settled.kept:
        renewed = _renewed(case, hit, search.release.release_id)
        if renewed != case:
            await _save(work, renewed, case, someone)
    for hit in settled.opened:
        await _save(work, _case(work, search, someone, hit), None, someone)
    return await screening_cases.of_clinician(work.session, someone.clinician_id)


def _renewed(case: ExclusionCase, hit: Hit, release_id: str) -> ExclusionCase:
    """The case by the newest release; that it was found to be the person stays a stop."""
    verdict = Verdict.BLOCK if case.state is CaseState.CONFIRMED else hit.verdict
    return replace(case, release_id=release_id, hit=replace(hit, verdict=verdict))


def _case(work: Work, search: _Search, someone: _Someone, hit: Hit) -> ExclusionCase:
    file = earliest(someone.files)
    return ExclusionCase(
        case_id=work.new_id("exc"),
        clinician_id=someone.clinician_id,
        list_name=search.kept.name,
        release_id=search.release.release_id,
        person_fingerprint=someone.fingerprint,
        hit=hit,
        assignment_id=file.assignment_id,
        facility_id=file.facility_id,
        opened_at=work.now,
        work_item_id=work.new_id("wki"),
    )


async def _save(work: Work, case: ExclusionCase, before: ExclusionCase | None, someone: _Someone) -> None:
    said = told(case, before, files=someone.files, new_item=work.new_id("wki"))
    await screening_cases.save(work.session, said.case)
    if said.event is not None:
        work.publish(said.event, version=said.case.work_item_version)
