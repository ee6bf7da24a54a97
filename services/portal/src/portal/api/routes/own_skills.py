"""The clinician's own skills checklist, by their link: filled section by section on a telephone, and signed."""

from secrets import token_urlsafe
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.pages.calls import Calls
from portal.api.pages.doors import form_of
from portal.api.pages.own_skills import BEGIN, SIGN, Known, OwnSkills, Saved
from portal.api.pages.page import Values, render
from portal.api.routes.links import OWN, AssignmentId
from portal.api.views import own_skills as views
from portal.api.views.skills import FREQUENCIES
from portal.app.queries.links import OwnPage, own_page
from portal.clients.services import Services
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.commands import Reads

router = APIRouter(include_in_schema=False)

LIST = f"{OWN}/{{assignment_id}}/skills"
ONE = f"{LIST}/{{number}}"
Number = Annotated[int, Path(ge=1, le=40)]
_SCALES: Values = {"ratings": views.NUMBERED, "often": (views.CHOOSE, *FREQUENCIES)}


@router.get(LIST, dependencies=[allow("own.read")])
async def show_checklist(request: Request, door: Reads, services: Calls, assignment_id: AssignmentId) -> Response:
    """How far it is, section by section. Raises NotFound, also for an assignment of somebody else."""
    found = await door.read(lambda work: own_page(work, assignment_id))
    return _shown(request, found, await _skills(services, found).known())


@router.post(LIST, dependencies=[allow("own.send")])
async def begin_or_sign(request: Request, door: Reads, services: Calls, assignment_id: AssignmentId) -> Response:
    """Begins the checklist, or signs it as it was seen. Raises NotFound."""
    found = await door.read(lambda work: own_page(work, assignment_id))
    form, skills = await form_of(request), _skills(services, found)
    known = await skills.known()
    if known.trouble is None and form.text("do") == SIGN:
        trouble = await skills.sign(known, form)
        return _shown(request, found, await skills.known(), trouble=trouble) if trouble else _back(assignment_id)
    refused = await skills.begin(known, form) if known.trouble is None and form.text("do") == BEGIN else known
    return _shown(request, found, refused) if refused else _back(assignment_id)


@router.get(ONE, dependencies=[allow("own.read")])
async def show_section(
    request: Request, door: Reads, services: Calls, assignment_id: AssignmentId, number: Number
) -> Response:
    """One section to be filled in. Raises NotFound."""
    found = await door.read(lambda work: own_page(work, assignment_id))
    known = await _skills(services, found).known()
    if known.trouble is None and not known.is_draft:
        return _back(assignment_id)
    return _section(request, found, known, number)


@router.post(ONE, dependencies=[allow("own.send")])
async def save_section(
    request: Request, door: Reads, services: Calls, assignment_id: AssignmentId, number: Number
) -> Response:
    """Keeps what is rated so far, and goes on to the next section. Raises NotFound."""
    found = await door.read(lambda work: own_page(work, assignment_id))
    form, skills = await form_of(request), _skills(services, found)
    known = await skills.known()
    if known.trouble is not None or not known.is_draft:
        saved = Saved(typed=form.typed(), faults={}, trouble=known.trouble)
        return _section(request, found, known, number, saved=saved) if known.trouble else _back(assignment_id)
    _require_section(known, number)
    refused = await skills.save(known, number, form)
    if refused is not None:
        return _section(request, found, known, number, saved=refused)
    is_last = number == len(known.form["sections"]) if known.form else True
    return _back(assignment_id, "" if is_last else f"/{number + 1}")


def _shown(request: Request, found: OwnPage, known: Known, *, trouble: str | None = None) -> Response:
    href = _href(found.assignment.assignment_id)
    forms = known.forms if known.chooses else ()
    view = views.own_skills_view(known.checklist, known.form, forms, unit=_unit(found), href=href)
    values: Values = {"view": view, "trouble": trouble or known.trouble, "key": token_urlsafe(16), "href": href}
    is_heard = known.trouble is None
    return render(request, "links/skills.html", is_heard=is_heard, back=_own(found), **values)


def _section(request: Request, found: OwnPage, known: Known, number: int, *, saved: Saved | None = None) -> Response:
    view = _seen(known, number, saved)
    values: Values = {
        "view": view,
        "number": number,
        "href": _href(found.assignment.assignment_id),
        "key": token_urlsafe(16),
        "trouble": saved.trouble if saved else known.trouble,
        "kept": tuple(saved.typed.items()) if saved and view is None else (),
    }
    status = 422 if saved and saved.faults else 200
    return render(request, "links/skills_section.html", status=status, **_SCALES, **values)


def _seen(known: Known, number: int, saved: Saved | None) -> views.SectionView | None:
    """The section as it is kept, or as it was just typed; None while nobody can say."""
    if not known.is_draft or known.checklist is None or known.form is None:
        return None
    _require_section(known, number)
    typed, faults = (saved.typed, saved.faults) if saved else (None, None)
    return views.section_view(known.checklist, known.form, number, typed=typed, faults=faults)


def _require_section(known: Known, number: int) -> None:
    if known.form is None or number > len(known.form["sections"]):
        raise NotFound(what="section", id=str(number))


def _skills(services: Services, found: OwnPage) -> OwnSkills:
    specialty = found.terms.specialty if found.terms else ""
    return OwnSkills(services=services, found=found.assignment, unit=_unit(found), specialty=specialty)


def _unit(found: OwnPage) -> str:
    return found.terms.unit if found.terms else ""


def _own(found: OwnPage) -> str:
    return f"{OWN}/{found.assignment.assignment_id}"


def _href(assignment_id: str) -> str:
    return f"{OWN}/{assignment_id}/skills"


def _back(assignment_id: str, end: str = "") -> Response:
    return RedirectResponse(f"{_href(assignment_id)}{end}", 303)
