"""A person wants a source to be asked: an order is placed, or a question is put again now."""

from collections.abc import Collection
from dataclasses import dataclass

from credentialing.app.begin_inquiry import begin_inquiry
from credentialing.app.change_item import change_item
from credentialing.domain.clearance import facility_day
from credentialing.domain.commands import receive
from credentialing.domain.errors import NothingToVerify
from credentialing.domain.file import File, must_be_open
from credentialing.domain.held import Held, HeldStatus, Received, Shown, newest_first
from credentialing.domain.item import Item
from credentialing.domain.screening.errors import ScreeningDecides
from credentialing.domain.sources.catalogue import AUTHORISATION, Begins, Route, route_of
from credentialing.domain.sources.errors import AuthorisationMissing, NoSourceAnswers, OrderTooEarly, SourceNotSetUp
from credentialing.domain.sources.inquiry import About, Inquiry, about_claim
from credentialing.domain.validity import opens_on
from credentialing.storage import credentials, files, inquiries, screening_releases
from shared.db.work import Work

WAITING = frozenset({HeldStatus.PENDING})
STANDING = frozenset({HeldStatus.PENDING, HeldStatus.VERIFIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSource:
    """The source of item `code` is to be asked; `configured` are those that are set up here."""

    file_id: str
    code: str
    configured: Collection[str]


async def ask_source(work: Work, command: AskSource) -> Inquiry:
    """The question, to be asked at once.

    Raises NotFound, VersionMismatch, FileClosed, ItemNotInFile, ScreeningDecides for an exclusion list that is loaded,
    NoSourceAnswers, SourceNotSetUp, NothingToVerify for a claim that has not come in, AuthorisationMissing for an order
    without the candidate's consent, and OrderTooEarly for one whose result would be too old at the start. An order
    makes the claim that it is for.
    """
    file = await files.to_change(work.session, command.file_id, expected_version=work.seen_version)
    must_be_open(file)
    item, route = file.item(command.code), route_of(command.code)
    if await screening_releases.is_screened(work.session, item.code, subject=item.requirement.subject):
        raise ScreeningDecides(item=item.code)
    if route is None:
        raise NoSourceAnswers(item=command.code)
    if route.source not in command.configured:
        raise SourceNotSetUp(item=command.code)
    about = await _about(work, file, item, route)
    begun = await begin_inquiry(work, about, by_person=True)
    assert begun is not None  # there is a route, and no list
    return begun


async def _about(work: Work, file: File, item: Item, route: Route) -> About:
    if route.begins is Begins.WITH_FILE:
        return About(clinician_id=file.clinician_id, code=item.code, subject=item.requirement.subject)
    if route.begins is Begins.BY_PERSON:
        await _must_be_orderable(work, file, item)
    held = newest_first(await credentials.of_clinician(work.session, file.clinician_id), item.requirement)
    counting = WAITING if route.begins is Begins.BY_PERSON else STANDING
    claim = next((one for one in held if one.status in counting), None)
    if claim is None and route.begins is Begins.WITH_CLAIM:
        raise NothingToVerify(item=item.code)
    return about_claim(claim or await _ordered(work, file, item))


async def _must_be_orderable(work: Work, file: File, item: Item) -> None:
    """Consent first; then the first day whose result still counts. What was ordered before may be asked about."""
    if any(one.code == AUTHORISATION and not one.is_met for one in file.items):
        raise AuthorisationMissing(item=item.code)
    first_day = opens_on(item.requirement.validity, file.terms.start_date)
    if first_day is None or facility_day(file, work.now) >= first_day:
        return
    wanted, known = item.requirement, await inquiries.of_clinician(work.session, file.clinician_id)
    if not any(one.is_open and (one.about.code, one.about.subject) == (wanted.code, wanted.subject) for one in known):
        raise OrderTooEarly(item=item.code, first_day=first_day)


async def _ordered(work: Work, file: File, item: Item) -> Held:
    """The claim that the order is for: what the item asks, not confirmed yet."""
    credential_id = work.new_id("crd")

    by = work.principal.subject
    await change_item(
        work,
        file.file_id,
        decide=lambda present, held, today: receive(
            present,
            item.code,
            shown=Shown(issued_on=today),
            received=Received(on=today, by=by, credential_id=credential_id),
            held=held,
        ),
    )
    held = await credentials.of_clinician(work.session, file.clinician_id)
    return next(one for one in held if one.credential_id == credential_id)
