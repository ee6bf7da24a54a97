"""What the palette found, as options to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.api.auth import POLICY
from portal.api.views import written
from portal.api.views.actions import command_href
from portal.api.views.credential_tabs import file_parts
from portal.api.views.navigation import links_of
from portal.app.queries.palette import Found
from portal.domain.command_menu import commands_for
from portal.domain.words import kind_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be opened: words, what else tells it from others, and its address."""

    text: str
    href: str
    icon: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Options of one kind. `is_remembered`: what was chosen is offered again; pages and actions are there anyway."""

    name: str
    label: str
    options: tuple[Option, ...]
    is_remembered: bool = True


def groups_of(
    found: Found, *, typed: str, roles: frozenset[str], parts: Iterable[tuple[str, str]] = ()
) -> tuple[Group, ...]:
    """Every group with options, what may be done on the present page first; pages and actions as they fit the words.

    `parts` are pages within a section, by text and address: they are found by their words alone.
    """
    groups = (
        Group(name="here", label="On this page", options=_fitting(_here(found, roles), typed), is_remembered=False),
        Group(name="items", label="Your work", options=tuple(_item(row, found.names) for row in found.items)),
        Group(
            name="clinicians",
            label="Clinicians",
            options=tuple(
                Option(text=one.name, href=f"/clinicians/{one.id}", icon="user-round") for one in found.clinicians
            ),
        ),
        Group(
            name="assignments",
            label="Assignments",
            options=tuple(_assignment(row, found.names) for row in found.assignments),
        ),
        Group(
            name="facilities",
            label="Facilities",
            options=tuple(
                Option(text=one.name, href=f"/facilities/{one.id}", icon="hospital") for one in found.facilities
            ),
        ),
        *pages_of(typed, roles=roles, parts=parts),
    )
    return tuple(group for group in groups if group.options)


def pages_of(typed: str, *, roles: frozenset[str], parts: Iterable[tuple[str, str]] = ()) -> tuple[Group, ...]:
    """The pages that these roles may open, as they fit the words; no group where none does."""
    pages = [Option(text=one.text, href=one.href, icon=one.icon) for one in links_of(roles)]
    pages.append(Option(text="Your settings", href="/me", icon="user-round-cog"))
    if typed.strip():
        pages.extend(Option(text=text, href=href, icon="shield-check", note="Credentials") for text, href in parts)
    options = _fitting(pages, typed)
    return (Group(name="pages", label="Go to", options=options, is_remembered=False),) if options else ()


def _here(found: Found, roles: frozenset[str]) -> Iterable[Option]:
    """What these roles may do about the assignment of the present page; its service still decides."""
    at = found.here
    if at is None:
        return
    for command in commands_for(at.state, roles):
        yield Option(text=command.text, href=command_href(at.assignment_id, command), icon="zap")
    yield from _of_file(f"/assignments/{at.assignment_id}", roles)
    if POLICY["tasks.open"] & roles:
        yield Option(
            text="Create a task",
            href=f"/tasks/new?assignment_id={at.assignment_id}&back=/assignments/{at.assignment_id}",
            icon="circle-plus",
        )


def _of_file(href: str, roles: frozenset[str]) -> Iterable[Option]:
    """The pages of its file, and asking somebody outside."""
    if POLICY["references.ask"] & roles:
        yield Option(text="Ask for a reference", href=f"{href}/references#ask", icon="send")
    for text, at, icon, _ in file_parts(href, roles, part=""):
        yield Option(text=text, href=at, icon=icon)


def _fitting(options: Iterable[Option], typed: str) -> tuple[Option, ...]:
    """Those in whose words every word typed begins one."""
    wanted = typed.casefold().split()
    return tuple(
        option
        for option in options
        if all(any(word.startswith(one) for word in option.text.casefold().split()) for one in wanted)
    )


def _assignment(row: object, names: Mapping[str, str]) -> Option:
    get = row._mapping  # type: ignore[attr-defined]
    who = written.clinician(names, get["clinician_id"])
    where = written.place(names, get["facility_id"])
    return Option(
        text=f"{who} at {where}",
        href=f"/assignments/{get['assignment_id']}",
        icon="briefcase-medical",
        note=f"{written.state(get['state'])}, starts {written.day(get['start_date'])}",
    )


def _item(row: object, names: Mapping[str, str]) -> Option:
    get = row._mapping  # type: ignore[attr-defined]
    return Option(
        text=get["title"] or kind_words(get["kind"]),
        href=f"/work/{get['work_item_id']}",
        icon="inbox",
        note=written.clinician(names, get["clinician_id"]) if get["clinician_id"] else "",
    )
