"""Turns what pydantic found into findings of our own: stable codes, messages that say what to do, never the value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core.core_schema import ErrorType

from shared.errors import Finding

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.$@~/\[\]-]{0,79}")

_DATE = ("not_a_date", "Write a date as YYYY-MM-DD.")
_TIME = ("not_a_time", "Write a time of day as HH:MM.")
_INSTANT = ("not_an_instant", "Write an instant with its offset, such as 2026-01-05T15:00:00Z.")
_WHOLE = ("not_a_whole_number", "Write a whole number, without quotes.")
_DECIMAL = ("not_a_decimal", 'Write a decimal number as text, such as "45.50".')
_TRUTH = ("not_true_or_false", "Write true or false, without quotes.")
_LIST = ("wrong_type", "Write a list, in brackets.")
_OBJECT = ("wrong_type", "Write an object, in braces.")
_OTHER = ("invalid", "This value is not accepted here.")

_MESSAGES = {
    "missing": ("missing", "This is required."),
    "string_type": ("wrong_type", "Write text, in quotes."),
    "string_unicode": ("not_text", "Write valid Unicode text."),
    "string_too_short": ("too_short", "Write at least {min_length} characters."),
    "string_too_long": ("too_long", "Write at most {max_length} characters."),
    "string_pattern_mismatch": ("wrong_form", "Write it in the form {pattern}."),
    "too_short": ("too_short", "Give at least {min_length}."),
    "too_long": ("too_long", "Give at most {max_length}."),
    "greater_than": ("too_small", "Write more than {gt}."),
    "greater_than_equal": ("too_small", "Write {ge} or more."),
    "less_than": ("too_large", "Write less than {lt}."),
    "less_than_equal": ("too_large", "Write {le} or less."),
    "multiple_of": ("wrong_step", "Write a multiple of {multiple_of}."),
    "enum": ("not_one_of", "Write one of {expected}."),
    "literal_error": ("not_one_of", "Write one of {expected}."),
    "union_tag_invalid": ("not_one_of", "Write one of {expected_tags}."),
    "union_tag_not_found": ("missing", "Say which kind it is."),
    "decimal_max_digits": ("too_precise", "Write at most {max_digits} digits."),
    "decimal_max_places": ("too_precise", "Write at most {decimal_places} digits after the point."),
    "decimal_whole_digits": ("too_precise", "Write at most {whole_digits} digits before the point."),
    "finite_number": _DECIMAL,
    "timezone_aware": _INSTANT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dataclass_type": _OBJECT,
    "dict_type": _OBJECT,
    "none_required": ("wrong_type", "Write null."),
}
_FAMILIES = (
    ("datetime_", _INSTANT),
    ("date_", _DATE),
    ("time_", _TIME),
    ("int_", _WHOLE),
    ("decimal_", _DECIMAL),
    ("bool_", _TRUTH),
    ("list_", _LIST),
    ("tuple_", _LIST),
    ("set_", _LIST),
    ("uuid_", ("not_an_id", "Write the id as it was given.")),
)
_OWN_TYPES = frozenset(get_args(ErrorType))


def pointer_to(path: Sequence[str | int]) -> str:
    """The JSON pointer (RFC 6901) of these keys and indexes; "" is the whole body."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def is_name(part: str | int) -> bool:
    """Whether a key of a request may be shown: an index, or what looks like a name.

    Anything else is content that somebody put where a name belongs, such as a number by which a person is known.
    """
    return isinstance(part, int) or _NAME.fullmatch(part) is not None


def parameter_findings(errors: Sequence[Any]) -> tuple[Finding, ...]:
    """Findings about parameters: pointers such as `/query/limit` or `/path/assignment_id`."""
    return tuple(
        Finding(pointer=pointer_to(error["loc"]), **_said(error["type"], error.get("ctx", {}), error["msg"]))
        for error in errors
    )


def body_finding(error: Mapping[str, Any], path: Sequence[str | int], *, model: type[BaseModel]) -> Finding:
    """The finding about one fault at `path` of a body that was to be a `model`."""
    if error["type"] == "extra_forbidden":
        known = tuple(_names_at(model, error["loc"][:-1]))
        return unknown_field(pointer_to(path), name=str(error["loc"][-1]), known=known)
    return Finding(pointer=pointer_to(path), **_said(error["type"], error.get("ctx", {}), error["msg"]))


def unknown_field(pointer: str, *, name: str, known: Sequence[str]) -> Finding:
    """A name that is not known: the nearest one that is, or all of them."""
    nearest = get_close_matches(name, known, n=1) if is_name(name) else ()
    hint = f"did you mean `{nearest[0]}`?" if nearest else f"known here: {', '.join(known) or 'none'}."
    return Finding(pointer=pointer, code="unknown_field", message=f"This is not a known name; {hint}")


def _said(kind: str, facts: Mapping[str, Any], message: str) -> dict[str, str]:
    """Code and message. A kind that is not pydantic's comes from a validator of ours, whose words may be shown."""
    if kind not in _OWN_TYPES:
        return {"code": kind, "message": message}
    code, form = _MESSAGES.get(kind) or next((said for start, said in _FAMILIES if kind.startswith(start)), _OTHER)
    return {"code": code, "message": form.format(**facts)}


def _names_at(model: type[BaseModel], location: Sequence[str | int]) -> Iterator[str]:
    """The field names of the model or models that stand at this location."""
    here = {model}
    for part in location:
        fields = (
            [kind.model_fields[part] for kind in here if part in kind.model_fields] if isinstance(part, str) else []
        )
        here = {inner for known in fields for inner in _models_in(known.annotation)} or here
    for kind in here:
        yield from (field.alias or name for name, field in kind.model_fields.items())


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
