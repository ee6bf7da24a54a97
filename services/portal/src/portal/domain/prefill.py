"""What the form of a change of terms begins with, what of it is sent, and what becomes of it when others were faster.

A form that stands full of the present terms must not set back what somebody else changed meanwhile: only what the
person changed is theirs to send.
"""

from collections.abc import Mapping
from typing import Any, Final

from portal.domain.form import Ask, Field

Body = Mapping[str, Any]

_CALLED: Final = {"new_start": "start_date", "new_end": "end_date"}
"""What commands call otherwise than the terms do."""
_MOVES_ALONG: Final = ("new_start", "new_end")
"""Of these together only the first is filled in: the last day moves along unless somebody gives it."""


def of_terms(form: Field, terms: Body) -> dict[str, Any]:
    """The form's body as the present terms have it, in groups too; what is masked or not a part of them is left out."""
    keys = {member.key for member in form.members}
    left = {_MOVES_ALONG[1]} if keys.issuperset(_MOVES_ALONG) else set()
    found = {member.key: _present(member, terms) for member in form.members if member.key not in left}
    return {key: value for key, value in found.items() if value is not None and value != {}}


def _present(member: Field, terms: Body) -> Any:
    name = _CALLED.get(member.key, member.key)
    if name in terms or member.ask is not Ask.GROUP:
        return terms.get(name)
    inner = {one.key: terms.get(one.key) for one in member.members}
    return {key: value for key, value in inner.items() if value is not None}


def only_changed(form: Field, body: Body, *, began: Body) -> dict[str, Any]:
    """What is to be sent of a body that began so: what was changed, and what the command cannot do without.

    Of a group, its members are left out one by one, each of them whole.
    """
    found: dict[str, Any] = {}
    for member in form.members:
        if member.key not in body:
            continue
        value, was = body[member.key], began.get(member.key)
        if member.ask is Ask.GROUP and isinstance(value, Mapping) and isinstance(was, Mapping):
            needed = {one.key for one in member.members if one.is_required}
            value = {key: one for key, one in value.items() if key in needed or key not in was or one != was[key]}
            if not value and not member.is_required:
                continue
        elif not member.is_required and was is not None and value == was:
            continue
        found[member.key] = value
    return found


def kept_up(body: Body, *, began: Body, now: Body) -> dict[str, Any]:
    """The body with what nobody touched as it is by now, value by value; what was typed, or taken away, stays so."""
    own = {key: value for key, value in body.items() if key not in began or value != began[key]}
    fresh = dict(own)
    for key, value in now.items():
        if key in own:
            was = began.get(key, {})
            if all(isinstance(one, Mapping) for one in (own[key], was, value)):
                fresh[key] = kept_up(own[key], began=was, now=value)
        elif key in body or key not in began:
            fresh[key] = value
    return fresh
