"""Bodies about what facilities want to get."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StringConstraints

from credentialing.domain.packets.template import (
    USUAL_COVER,
    CoverField,
    Decides,
    PacketFile,
    PacketTemplate,
)
from credentialing.domain.requirement import Partition
from shared.contracts.terms import Weekday
from shared.http.bodies import RequestBody, ResponseBody, Text

_TEMPLATE: dict[str, Any] = {
    "title": "Mesa General: credentials and health apart",
    "source": "contract of Mesa General, exhibit B",
    "files": [
        {
            "name": "{name} - {discipline} - Credentials.pdf",
            "partitions": ["personnel"],
            "codes": [],
            "has_cover": True,
        },
        {"name": "{name} - Health.pdf", "partitions": ["health"], "codes": [], "has_cover": True},
    ],
    "order": ["LIC-*", "CERT-*"],
    "attested": ["background"],
    "attested_codes": ["EXC-*"],
    "withheld_codes": [],
    "cover_fields": ["name", "discipline", "facility", "unit", "start", "end"],
    "decides": "client",
    "due_days_before_start": None,
    "due_weekday": "mon",
    "effective_from": "2030-01-07",
}
_SHOWN: dict[str, Any] = {**_TEMPLATE, "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh", "number": 1}

Pattern = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,40}\*?$")]
Patterns = Annotated[tuple[Pattern, ...], Field(max_length=127)]
Days = Annotated[int, Field(ge=0, le=180)]


def _example(body: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [body]})


class PacketFileIn(RequestBody):
    """One PDF: its name, what parts of the file may go into it, and which codes (none: any)."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=120)]
    partitions: Annotated[tuple[Partition, ...], Field(max_length=5)]
    codes: Patterns = ()
    has_cover: bool = True


class PacketTemplateIn(RequestBody):
    """What a facility wants from a day on. What no file takes and nothing attests, the packet is silent about.

    `decides`: by delegation the agency does, or the client; then clearance waits for its acceptance.
    """

    model_config = _example(_TEMPLATE)

    title: Text
    source: Text
    files: Annotated[tuple[PacketFileIn, ...], Field(min_length=1, max_length=20)]
    order: Patterns = ()
    attested: Annotated[tuple[Partition, ...], Field(max_length=5)] = ()
    attested_codes: Patterns = ()
    withheld_codes: Patterns = ()
    cover_fields: Annotated[tuple[CoverField, ...], Field(max_length=len(CoverField))] = USUAL_COVER
    decides: Decides = Decides.AGENCY
    due_days_before_start: Days | None = None
    due_weekday: Weekday | None = None
    effective_from: Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]

    def template(self, facility_id: str) -> PacketTemplate:
        """The same for the rules."""
        given = self.model_dump(exclude={"files", "cover_fields"})
        return PacketTemplate(
            **given,
            facility_id=facility_id,
            files=tuple(PacketFile(**one.model_dump()) for one in self.files),
            cover_fields=tuple(dict.fromkeys(self.cover_fields)),
        )


class PacketFileShown(ResponseBody):
    """One PDF that a facility gets."""

    name: str
    partitions: tuple[Partition, ...]
    codes: tuple[str, ...]
    has_cover: bool


class PacketTemplateOut(ResponseBody):
    """One version of what a facility wants; number 0 is the usual one, which holds while it has none of its own."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_SHOWN]})

    facility_id: str
    number: int
    title: str
    source: str
    files: tuple[PacketFileShown, ...]
    order: tuple[str, ...]
    attested: tuple[Partition, ...]
    attested_codes: tuple[str, ...]
    withheld_codes: tuple[str, ...]
    cover_fields: tuple[CoverField, ...]
    decides: Decides
    due_days_before_start: int | None
    due_weekday: Weekday | None
    effective_from: date

    @classmethod
    def of(cls, template: PacketTemplate) -> Self:
        """The version as it is shown."""
        return cls.model_validate(template)


class PacketTemplatesOut(ResponseBody):
    """The templates that can be taken over, by name."""

    model_config = _example({"items": {"usual": {**_SHOWN, "facility_id": "", "number": 0}}})

    items: dict[str, PacketTemplateOut]


class PacketTemplateVersions(ResponseBody):
    """What a facility wants, version by version, the newest last; empty while the usual one holds."""

    model_config = _example({"facility_id": _SHOWN["facility_id"], "versions": [_SHOWN]})

    facility_id: str
    versions: tuple[PacketTemplateOut, ...]
