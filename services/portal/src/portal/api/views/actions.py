"""Commands as links, and the page that asks for one, shows what it would mean, and what came of it."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from portal.api.pages.asked import address
from portal.api.views import written
from portal.api.views.form_inputs import Group, Input, inputs
from portal.api.views.refusals import said, service_words
from portal.api.views.seen import Row, differing, packed
from portal.clients.services import Answer, Outcome, Refusal, Unreachable
from portal.domain.command_menu import BY_VERB, Command
from portal.domain.operation import Prepared
from portal.domain.posted import Manner, Posted, name_at, read
from portal.domain.posted import written as in_inputs
from portal.domain.prefill import kept_up, of_terms, only_changed
from portal.domain.words import kind_words
from shared.contracts.workstreams import Action

_ID: Final = re.compile(r"[a-z]{2,12}_[0-9a-z]{26}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLink:
    """A way to complete an item: the first that changes something stands out.

    `thing` is the last part of what it is about, such as the code of one credential among many.
    """

    text: str
    href: str
    kind: str
    thing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one department answered to a rehearsal; `answered` is false when it did not in time."""

    service: str
    answered: bool
    ready: str | None
    effects: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What a command would mean; without departments, only that it would be accepted."""

    effects: tuple[Effect, ...]
    ready: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in a form: the body as it was read, and the fields that travel hidden."""

    body: Mapping[str, Any]
    key: str
    back: str
    version: int | None = None
    seen: str = ""
    began: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A command's page. `trouble` is said on top, `errors` lead to their fields, `different` is (what, before, now).

    `left_out` says in words what is not among `different`.
    `seen` is the thing as the person saw it, packed, `began` what the form was filled with: JSON that travels hidden.
    """

    title: str
    summary: str
    service: str
    action: str
    back: str
    key: str
    version: int | None
    seen: str
    began: str
    parts: tuple[Input | Group, ...]
    findings: tuple[tuple[str | None, str], ...] = ()
    trouble: tuple[str, str] | None = None
    different: tuple[Row, ...] = ()
    left_out: str = ""
    rehearsed: Rehearsed | None = None
    has_rehearsal: bool = False
    is_an_end: bool = False
    warning: str | None = None
    draft: str = ""


@lru_cache(maxsize=4096)
def do_href(assignment_id: str, service: str, *, path: str, method: str = "POST", back: str = "") -> str:
    """The page of a command; `back` is where the person is sent afterwards, the assignment's page unless said."""
    return address(f"/assignments/{assignment_id}/do", service=service, path=path, method=method, back=back)


def command_href(assignment_id: str, command: Command) -> str:
    """The page of a command on the assignment itself."""
    return do_href(assignment_id, "assignments", path=command.path(assignment_id))


def action_links(
    actions: Iterable[Action], *, service: str, assignment_id: str, back: str = ""
) -> tuple[ActionLink, ...]:
    """What completes a work item, in the order in which its service names it."""
    named = tuple(actions)
    often = {name for name, number in Counter(one.name for one in named).items() if number > 1}
    links = [
        ActionLink(
            text=_action_words(one, has_thing=one.name in often),
            href=do_href(assignment_id, service, path=one.path, method=one.method, back=back),
            kind="ghost" if one.method == "GET" else "secondary",
            thing=thing_of(one.path),
        )
        for one in named
    ]
    first = next((place for place, one in enumerate(links) if one.kind == "secondary"), None)
    return tuple(replace(one, kind="primary") if place == first else one for place, one in enumerate(links))


def _command(prepared: Prepared) -> Command | None:
    return BY_VERB.get(verb_of(prepared.operation.path)) if prepared.service == "assignments" else None


def form_view(prepared: Prepared, typed: Typed, manner: Manner, *, here: str) -> FormView:
    """The form of a command with what stands in it; `here` is its own address."""
    command = _command(prepared)
    return FormView(
        title=command.text if command else _title(prepared),
        summary=prepared.operation.summary,
        service=service_words(prepared.service),
        action=here,
        back=typed.back,
        key=typed.key,
        version=typed.version,
        seen=typed.seen,
        began=typed.began,
        parts=inputs(prepared.form, in_inputs(prepared.form, typed.body, manner=manner), {}),
        has_rehearsal=prepared.operation.has_rehearsal,
        is_an_end=bool(command and command.is_an_end),
        draft=prepared.operation.path,
    )


def _title(prepared: Prepared) -> str:
    """The verb and what it is done to, unless that is only an id; of what is read the service's own words."""
    path = prepared.operation.path
    words, thing = kind_words(verb_of(path).replace("-", "_")), thing_of(path)
    if not words:
        return prepared.operation.summary
    return words if _ID.fullmatch(thing) else f"{words} {thing}"


def refused_view(
    view: FormView, prepared: Prepared, outcome: Refusal | Unreachable, *, typed: Typed, manner: Manner
) -> FormView:
    """The same with what was refused: at its fields where it names some, on top otherwise."""
    if isinstance(outcome, Unreachable):
        return replace(view, trouble=("warn", said(outcome)))
    named = [(name_at(prepared.form, one.pointer, body=typed.body), one.message) for one in outcome.findings]
    errors = {name: message for name, message in reversed(named) if name}
    values: Posted = in_inputs(prepared.form, typed.body, manner=manner)
    return replace(
        view,
        parts=inputs(prepared.form, values, errors),
        findings=tuple(named),
        trouble=None if named else ("bad", said(outcome)),
    )


def rehearsed_view(view: FormView, answer: Answer, *, today: date) -> FormView:
    """The same with what the command would mean."""
    body = answer.body if isinstance(answer.body, dict) else {}
    previews = body.get("previews") or ()
    effects = tuple(_effect(one, today) for one in previews)
    ready = _ready(body.get("expected_ready_on"), today) if previews else None
    return replace(view, rehearsed=Rehearsed(effects=effects, ready=ready))


def compared(view: FormView, seen: str, resource: Outcome | None) -> FormView:
    """The same with what somebody else changed since the form was opened, and the version that is now seen."""
    if not isinstance(resource, Answer):
        return view
    found = differing(seen, resource.body)
    different, left_out = found.rows, found.left_out
    return replace(view, different=different, left_out=left_out, version=resource.version, seen=seen_of(resource))


def seen_of(resource: Outcome | None) -> str:
    """What the person is shown of the thing as it is, to be compared when somebody else was faster."""
    return packed(resource.body) if isinstance(resource, Answer) else ""


def prefilled(prepared: Prepared, resource: Outcome | None, manner: Manner) -> dict[str, Any]:
    """What the form begins with, as it would be sent untouched.

    The present terms where it changes them, and their version where it asks which one is meant.
    """
    if not isinstance(resource, Answer) or not isinstance(resource.body, dict):
        return {}
    terms = resource.body.get("terms")
    known = terms if isinstance(terms, dict) else {}
    version = known.get("version", resource.body.get("terms_version"))
    asks = any(member.key == "terms_version" for member in prepared.form.members)
    found: dict[str, Any] = {"terms_version": version} if asks and isinstance(version, int) else {}
    command = _command(prepared)
    if command and command.changes_terms:
        found |= of_terms(prepared.form, known)
    return read(prepared.form, in_inputs(prepared.form, found, manner=manner), manner=manner) if found else {}


def began_as(body: Mapping[str, Any]) -> str:
    """What the form was filled with, to travel hidden; nothing for one that began empty."""
    return json.dumps(body, separators=(",", ":")) if body else ""


def to_send(prepared: Prepared, typed: Typed) -> dict[str, Any]:
    """The body of the command: of what the form was filled with only what the person changed."""
    return only_changed(prepared.form, typed.body, began=_begun(typed.began))


def caught_up(prepared: Prepared, typed: Typed, resource: Outcome | None, *, manner: Manner) -> Typed:
    """The same form when somebody else was faster: what the person did not touch stands there as it is by now."""
    now = prefilled(prepared, resource, manner)
    if not typed.began or not now:
        return typed
    return replace(typed, body=kept_up(typed.body, began=_begun(typed.began), now=now), began=began_as(now))


def _begun(began: str) -> Mapping[str, Any]:
    """What came back hidden is the browser's word: what is not ours began with nothing."""
    try:
        found = json.loads(began) if began else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _action_words(action: Action, *, has_thing: bool) -> str:
    words = kind_words(action.name.replace("-", "_"))
    return f"{words} {thing_of(action.path)}" if has_thing else words


def thing_of(path: str) -> str:
    """What stands before the verb at the end of a command's path."""
    return path.rpartition("/")[2].partition(":")[0]


def verb_of(path: str) -> str:
    """The verb at the end of a command's path; empty where it has none."""
    return path.rpartition("/")[2].partition(":")[2]


def manner_of(zone: ZoneInfo) -> Manner:
    """How forms are read here: instants by this zone's clock."""
    return Manner(zone=zone, loads=_read_json, dumps=lambda value: json.dumps(value, ensure_ascii=False))


def _read_json(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _effect(one: Mapping[str, Any], today: date) -> Effect:
    return Effect(
        service=service_words(str(one.get("service"))),
        answered=bool(one.get("answered")),
        ready=_ready(one.get("expected_ready_on"), today),
        effects=tuple(str(text) for text in one.get("effects") or ()),
        findings=tuple(str(finding.get("message")) for finding in one.get("findings") or ()),
    )


def _ready(text: object, today: date) -> str | None:
    return written.day(date.fromisoformat(text), today=today) if isinstance(text, str) else None
