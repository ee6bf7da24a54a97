"""What a facility wants to get: which files, in which order, with what, and who decides on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from credentialing.domain.requirement import Partition
from credentialing.domain.resolution import days_since
from credentialing.domain.rulebook.packet_limits import may_be_passed_on, may_be_sent
from shared.contracts.terms import Weekday

FIRST_TEMPLATES = date(2024, 1, 1)


class Handling(StrEnum):
    """What becomes of an item in a packet."""

    ENCLOSED = "enclosed"
    ATTESTED = "attested"
    """The cover says that it is there, since when and through when; no document is enclosed."""
    WITHHELD = "withheld"
    """The packet says nothing of it."""


class Decides(StrEnum):
    """Who decides whether the file does."""

    AGENCY = "agency"
    """By delegation: the agency attests, the client audits."""
    CLIENT = "client"


class CoverField(StrEnum):
    """What a cover sheet may say of whom the packet is about."""

    NAME = "name"
    DISCIPLINE = "discipline"
    SPECIALTY = "specialty"
    FACILITY = "facility"
    UNIT = "unit"
    START = "start"
    END = "end"
    NPI = "npi"


USUAL_COVER = (
    *(CoverField.NAME, CoverField.DISCIPLINE, CoverField.SPECIALTY),
    *(CoverField.FACILITY, CoverField.UNIT, CoverField.START, CoverField.END),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketFile:
    """One PDF of the packet. `name` is a pattern (naming.py), `codes` which items go into it (`LIC-*`; empty: any).

    `partitions` are the parts of the file whose documents may go into it.
    """

    name: str
    partitions: tuple[Partition, ...]
    codes: tuple[str, ...] = ()
    has_cover: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketTemplate:
    """One version of what a facility wants, from `effective_from` on; without facility it is everybody's.

    `order` are patterns of codes: what fits the first comes first, what fits none follows in the order of the file.
    `attested` and `attested_codes` are the parts and items that are attested and not enclosed, `withheld_codes` what
    the packet is silent about, like every part that no file takes and that is not attested. `due_weekday`, or
    `due_days_before_start`, is when the client wants it.
    """

    title: str
    source: str
    files: tuple[PacketFile, ...]
    facility_id: str = ""
    number: int = 0
    order: tuple[str, ...] = ()
    attested: tuple[Partition, ...] = ()
    attested_codes: tuple[str, ...] = ()
    withheld_codes: tuple[str, ...] = ()
    cover_fields: tuple[CoverField, ...] = USUAL_COVER
    decides: Decides = Decides.AGENCY
    due_days_before_start: int | None = None
    due_weekday: Weekday | None = None
    effective_from: date = FIRST_TEMPLATES

    def file_for(self, code: str, partition: Partition) -> int | None:
        """Which of its files takes the item: the first that names it, else the first that takes any of its part."""
        taking = [number for number, file in enumerate(self.files) if partition in file.partitions]
        named = [number for number in taking if fits(code, self.files[number].codes)]
        open_to_any = [number for number in taking if not self.files[number].codes]
        return next(iter((*named, *open_to_any)), None)

    def handling(self, code: str, partition: Partition, *, on: date) -> Handling:
        """What becomes of an item. Law comes first, then what is withheld, then what is attested."""
        if not may_be_sent(partition, on) or fits(code, self.withheld_codes):
            return Handling.WITHHELD
        is_taken = self.file_for(code, partition) is not None
        if not may_be_passed_on(code, on):
            return Handling.ATTESTED if is_taken or partition in self.attested else Handling.WITHHELD
        if partition in self.attested or fits(code, self.attested_codes):
            return Handling.ATTESTED
        return Handling.ENCLOSED if is_taken else Handling.WITHHELD

    def place(self, code: str) -> int:
        """Where the item comes among others; what fits no pattern comes last."""
        fitting = (number for number, pattern in enumerate(self.order) if fits(code, (pattern,)))
        return next(fitting, len(self.order))

    def due_on(self, start: date) -> date | None:
        """The last day on which the client wants it, the earlier of both; None when it said none."""
        days = [] if self.due_days_before_start is None else [self.due_days_before_start]
        days += [] if self.due_weekday is None else [days_since(self.due_weekday, start)]
        return start - timedelta(days=max(days)) if days else None


def fits(code: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns names the code, or with `*` at its end how it begins."""
    return any(code.startswith(one[:-1]) if one.endswith("*") else code == one for one in patterns)


def in_force(versions: tuple[PacketTemplate, ...], on: date) -> PacketTemplate | None:
    """The latest version that has begun by then; None before the first."""
    begun = [one for one in versions if one.effective_from <= on]
    return max(begun, key=lambda one: one.number, default=None)
