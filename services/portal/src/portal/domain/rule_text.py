"""What a credentialing rule asks for, as lines that a person writes: one item a line, its values behind it.

    CERT-BLS   issuers=AHA,"Red Cross" must_cover=assignment_end
    DRUG-10    window_before_start=30 panel=thc,cocaine,synthetics
    IMM-FLU    season=10-01..03-31

A value with blanks stands in double quotes, and has none in it. What the values mean, credentialing decides; here is
only how they are written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_CODE: Final = re.compile(r"[A-Z0-9-]{2,20}")
_NAME: Final = re.compile(r"[a-z_]{2,40}")
_PART: Final = re.compile(r'(?:[^\s"]|"[^"]*")+')
_SEASON: Final = re.compile(r"(\d\d-\d\d)\.\.(\d\d-\d\d)")
_LISTS: Final = frozenset({"issuers", "panel", "satisfied_by"})
_TRUTH: Final = {"yes": True, "no": False, "true": True, "false": False}

Require = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A line that cannot be read, counted from 1, and what to do."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the lines ask for by code, and every fault; with faults it is not to be used."""

    require: Require
    faults: tuple[Fault, ...]


def written(require: Require) -> str:
    """The items as lines, in the order of their codes."""
    return "\n".join(_line(code, require[code]) for code in sorted(require))


def read(text: str) -> Read:
    """What the lines say; empty ones are skipped."""
    require: dict[str, Mapping[str, Any]] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            code, values = _item(line)
            if code in require:
                raise ValueError(f"{code} stands on an earlier line already: write its values there.")
            if code:
                require[code] = values
        except ValueError as error:
            faults.append(Fault(line=number, message=str(error)))
    return Read(require=require, faults=tuple(faults))


def _line(code: str, values: Mapping[str, Any]) -> str:
    return " ".join([code, *(f"{name}={_shown(value)}" for name, value in sorted(values.items()))])


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return f"{value['first']}..{value['last']}"
    if isinstance(value, list | tuple):
        return ",".join(_quoted(str(one)) for one in value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _item(line: str) -> tuple[str, Mapping[str, Any]]:
    if line.count('"') % 2:
        raise ValueError("A quote is open: close it.")
    code, *parts = [part.replace('"', "") for part in _PART.findall(line)] or [""]
    if code and not _CODE.fullmatch(code):
        raise ValueError(f"“{code}” is no code of an item: begin the line with one, such as CERT-BLS.")
    return code, dict(_pairs(parts))


def _pairs(parts: list[str]) -> Iterator[tuple[str, Any]]:
    for part in parts:
        name, sign, text = part.partition("=")
        if not sign or not _NAME.fullmatch(name):
            raise ValueError(f"“{part}” is no value: write name=value, such as window_before_start=30.")
        yield name, _value(name, text)


def _value(name: str, text: str) -> Any:
    if name in _LISTS:
        return [one.strip() for one in text.split(",") if one.strip()]
    if season := _SEASON.fullmatch(text):
        return {"first": season[1], "last": season[2]}
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return _TRUTH.get(text, text)
