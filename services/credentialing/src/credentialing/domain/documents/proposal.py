"""What a document's text seems to say: number, days and name, for a person to confirm. Nothing follows by itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from credentialing.domain.documents.days import FoundDay, days_in

LONGEST_TEXT = 20_000
LONGEST_LINE = 300
LONGEST_WORDS = 120


class Confidence(StrEnum):
    """How much a person should trust what was read."""

    HIGH = "high"
    """It stands on one line with a word that says what it is."""
    MEDIUM = "medium"
    """The word stands on the line above, or the year has two digits, or only a month is named."""
    LOW = "low"
    """The document says several things, or they contradict each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDay:
    """A day, the words it came from, and how sure it is."""

    value: date
    words: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A number or a name, the words it came from, and how sure it is."""

    value: str
    words: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What was read; None where nothing was. Where several expiry days are named, the earliest is proposed."""

    number: ReadText | None = None
    issued_on: ReadDay | None = None
    expires_on: ReadDay | None = None
    name: ReadText | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read at all."""
        return not (self.number or self.issued_on or self.expires_on or self.name)


_EXPIRES, _ISSUED, _OTHER = "expires", "issued", "other"
_LABEL = re.compile(
    r"(?P<expires>\bexp(?:ir(?:es|ed|y|ation|ing))?\b\.?|\bvalid (?:through|thru|until|till|to)\b"
    r"|\bgood (?:through|until)\b|\brenew(?:al)? (?:by|due|date)\b|\brecommended renewal\b)"
    r"|(?P<issued>\bissue[ds]?\b|\bissuance\b|\bcomplet(?:ed|ion)\b|\beffective\b|\bvalid from\b|\bgranted\b"
    r"|\bawarded\b|\bcourse date\b|\bcollected\b|\btest(?:ed)? (?:date|on)\b|\badministered\b)"
    r"|(?P<other>\bbirth\b|\bborn\b|\bd\.?o\.?b\b|\bprinted\b|\bhired?\b|\bsigned\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:to|through|thru|until|till|-|–|—)\s*", re.IGNORECASE)
_NUMBER = re.compile(
    r"\b(?:licen[sc]e|certificate|certification|registration|registry|e-?card|card|credential|permit|document)"
    r" {0,2}(?:code|no\b\.?|number|num\b\.?|#|id\b)[ :#]{0,4}(?P<value>[A-Z0-9][A-Z0-9.-]{2,23}[A-Z0-9]\b)?",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[A-Z0-9][A-Z0-9.-]{2,23}[A-Z0-9]", re.IGNORECASE)
_SOCIAL_SECURITY = re.compile(r"\d{3}-?\d{2}-?\d{4}")
_WORD = r"[A-Z][A-Za-z'’-]*\.?"
_PERSON = rf"(?P<value>{_WORD}(?:,? {_WORD}){{1,4}})"
_NAME = re.compile(
    r"(?<!\w)(?P<label>(?i:(?:(?:full|legal|student|licensee|holder|participant|employee|patient|cardholder)(?:'s)? )?"
    r"name|issued to|awarded to|presented to|certif(?:y|ies) that|licensee|cardholder|participant))\b[ :]{0,4}"
    rf"(?:{_PERSON})?"
)
_NOT_OF_A_PERSON = re.compile(
    r"\b(?:facility|company|school|course|hospital|provider|program|instructor|center|employer|lab|agency|clinic)\W*$",
    re.IGNORECASE,
)


def propose(text: str) -> Proposal:
    """What the text of a document's first pages says, as far as it is labelled; at most 20,000 characters are read."""
    lines = tuple(line for raw in text[:LONGEST_TEXT].splitlines() if (line := " ".join(raw.split())[:LONGEST_LINE]))
    days = tuple(_labelled_days(lines))
    issued = _chosen([one for kind, one in days if kind == _ISSUED])
    expires = _chosen([one for kind, one in days if kind == _EXPIRES])
    if issued and expires and expires.value < issued.value:
        issued, expires = _doubted(issued), _doubted(expires)
    return Proposal(number=_number(lines), issued_on=issued, expires_on=expires, name=_name(lines))


def _labelled_days(lines: Sequence[str]) -> Iterator[tuple[str, ReadDay]]:
    """Each day with what the words before it say it is; one without such words says nothing."""
    above = ""
    for line in lines:
        found = days_in(line)
        kinds = _kinds_on(line, found)
        if found and not any(kinds):
            kinds, confidence = _kinds_above(above, count=len(found)), Confidence.MEDIUM
            words = f"{above} / {line}"
        else:
            confidence, words = Confidence.HIGH, line
        for one, kind in zip(found, kinds, strict=True):
            if kind:
                yield kind, _read_day(one, words, confidence)
        above = "" if found else line


def _kinds_on(line: str, found: Sequence[FoundDay]) -> list[str]:
    """By the last label between the day before and this one; `to` after a day of issue leads to the expiry."""
    kinds: list[str] = []
    begin = 0
    for one in found:
        between = line[begin : one.begin]
        label = _last_label(between)
        if not label and kinds and kinds[-1] == _ISSUED and _RANGE.fullmatch(between):
            label = _EXPIRES
        kinds.append(label)
        begin = one.end
    return kinds


def _kinds_above(above: str, *, count: int) -> list[str]:
    """By the labels of the line above, where there are as many of them as days below."""
    labels = [match.lastgroup or "" for match in _LABEL.finditer(above)]
    return labels if len(labels) == count else [""] * count


def _last_label(text: str) -> str:
    last = ""
    for match in _LABEL.finditer(text):
        last = match.lastgroup or ""
    return last


def _read_day(found: FoundDay, words: str, confidence: Confidence) -> ReadDay:
    is_partial = found.is_month or found.is_short_year
    sure = Confidence.MEDIUM if is_partial and confidence is Confidence.HIGH else confidence
    return ReadDay(value=found.day, words=words[:LONGEST_WORDS], confidence=sure)


def _chosen(found: Sequence[ReadDay]) -> ReadDay | None:
    """The one day; the earliest, doubted, of several: a credential taken for longer than it lasts would do harm."""
    if not found:
        return None
    earliest = min(found, key=lambda one: one.value)
    return earliest if len({one.value for one in found}) == 1 else _doubted(earliest)


def _doubted(read: ReadDay) -> ReadDay:
    return replace(read, confidence=Confidence.LOW)


def _number(lines: Sequence[str]) -> ReadText | None:
    found: list[ReadText] = []
    for place, line in enumerate(lines):
        match = _NUMBER.search(line)
        if match is None:
            continue
        if match["value"] and _is_number(match["value"]):
            found.append(_read_text(match["value"], line, Confidence.HIGH))
        elif match.end() >= len(line) and place + 1 < len(lines) and _is_number(below := lines[place + 1]):
            found.append(_read_text(below, f"{line} / {below}", Confidence.MEDIUM))
    return _one_of(found)


def _is_number(text: str) -> bool:
    """Letters, digits, hyphens and dots, a digit among them; neither a day nor what may be a social security number."""
    if not _VALUE.fullmatch(text) or not re.search(r"\d", text):
        return False
    return not _SOCIAL_SECURITY.fullmatch(text) and not days_in(text)


def _name(lines: Sequence[str]) -> ReadText | None:
    found: list[ReadText] = []
    for place, line in enumerate(lines):
        match = _NAME.search(line)
        if match is None or _NOT_OF_A_PERSON.search(line[: match.start()]):
            continue
        if match["value"]:
            found.append(_read_text(match["value"], line, Confidence.HIGH))
        elif match.end() >= len(line) and place + 1 < len(lines):
            below = lines[place + 1]
            if re.fullmatch(_PERSON, below):
                found.append(_read_text(below, f"{line} / {below}", Confidence.MEDIUM))
    return _one_of(found)


def _one_of(found: Sequence[ReadText]) -> ReadText | None:
    """The first, doubted where others differ."""
    if not found:
        return None
    first = found[0]
    is_one = len({one.value.upper() for one in found}) == 1
    return first if is_one else replace(first, confidence=Confidence.LOW)


def _read_text(value: str, words: str, confidence: Confidence) -> ReadText:
    return ReadText(value=value.strip(" ,."), words=words[:LONGEST_WORDS], confidence=confidence)
