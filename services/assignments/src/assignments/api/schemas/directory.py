"""Clients, facilities and clinicians, as they come in and as they are shown."""

from typing import Annotated, Any, Self

from pydantic import Field

from assignments.api.schemas.examples import CLIENT, CLIENT_ID, CLINICIAN, CLINICIAN_ID, FACILITY, FACILITY_ID, shown
from assignments.api.schemas.fields import Name, Reference, Words
from assignments.domain.directory import Listed
from shared.contracts.assignments import ClientChanged, ClinicianChanged, FacilityChanged
from shared.contracts.terms import Discipline, Weekday
from shared.http.bodies import Id, RequestBody, ResponseBody
from shared.http.masking import CONTACT

_KNOWN_AS: dict[str, Any] = {"source": "ats", "source_reference": "K-1"}
_CLIENT: dict[str, Any] = {"client_id": CLIENT_ID, **_KNOWN_AS, **CLIENT, "version": 1}
_FACILITY: dict[str, Any] = {
    "facility_id": FACILITY_ID,
    "client_id": CLIENT_ID,
    **_KNOWN_AS,
    **{name: value for name, value in FACILITY.items() if name != "client_reference"},
    "version": 1,
}
_CLINICIAN: dict[str, Any] = {"clinician_id": CLINICIAN_ID, **_KNOWN_AS, **CLINICIAN, "version": 1}


def _line(example: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: example[name] for name in (*names, "source", "source_reference", "name")}


class AddressIn(RequestBody):
    """A postal address in the United States; `state` is the two-letter code, `zip` five digits."""

    street: Name
    city: Name
    state: Annotated[str, Field(max_length=40)]
    zip: Annotated[str, Field(max_length=20)]


class ClientIn(RequestBody):
    """Who is billed."""

    model_config = shown(CLIENT)

    name: Name


class FacilityIn(RequestBody):
    """Where assignments are worked. Its client is named by `client_reference` (of the same source) or by id."""

    model_config = shown(FACILITY)

    client_id: Id | None = None
    client_reference: Reference | None = None
    name: Name
    address: AddressIn
    time_zone: Annotated[str, Field(max_length=60)]
    units: Annotated[tuple[Words, ...], Field(max_length=200)]
    workweek_starts: Weekday
    holiday_calendar: Annotated[str, Field(max_length=60)]
    orientation_days: Annotated[int, Field(ge=0, le=90)] = 0


class ClinicianIn(RequestBody):
    """A clinician and how to reach them. Tax, bank, birth and health data are refused: their owners collect them."""

    model_config = shown(CLINICIAN)

    name: Name
    email: Annotated[str, Field(max_length=254)]
    phone: Annotated[str, Field(min_length=1, max_length=40)]
    home: AddressIn
    discipline: Discipline
    specialties: Annotated[tuple[Words, ...], Field(max_length=50)] = ()
    npi: Annotated[str, Field(max_length=20)] | None = None


class AddressOut(ResponseBody):
    """A postal address."""

    street: str
    city: str
    state: str
    zip: str


class ClientLine(ResponseBody):
    """A client in a list."""

    model_config = shown(_line(_CLIENT, "client_id"))

    client_id: str
    source: str
    source_reference: str
    name: str


class ClientOut(ClientLine):
    """A client; `version` is also the ETag."""

    model_config = shown(_CLIENT)

    version: int

    @classmethod
    def of(cls, listed: Listed[ClientChanged]) -> Self:
        """The entry as it is shown."""
        return cls.model_validate({**_fields(listed.entry), "version": listed.version})


class FacilityLine(ResponseBody):
    """A facility in a list."""

    model_config = shown(_line(_FACILITY, "facility_id", "client_id"))

    facility_id: str
    client_id: str
    source: str
    source_reference: str
    name: str


class FacilityOut(FacilityLine):
    """A facility; `version` is also the ETag."""

    model_config = shown(_FACILITY)

    address: AddressOut
    time_zone: str
    units: tuple[str, ...]
    workweek_starts: Weekday
    holiday_calendar: str
    orientation_days: int
    version: int

    @classmethod
    def of(cls, listed: Listed[FacilityChanged]) -> Self:
        """The entry as it is shown."""
        return cls.model_validate({**_fields(listed.entry), "version": listed.version})


class ClinicianLine(ResponseBody):
    """A clinician in a list; null for who is not shown it."""

    model_config = shown(_line(_CLINICIAN, "clinician_id", "discipline"))

    clinician_id: str
    source: str
    source_reference: str
    name: Annotated[str | None, CONTACT]
    discipline: Discipline


class ClinicianOut(ClinicianLine):
    """A clinician; `version` is also the ETag. What the role that asks is not shown is null."""

    model_config = shown(_CLINICIAN)

    email: Annotated[str | None, CONTACT]
    phone: Annotated[str | None, CONTACT]
    home: Annotated[AddressOut | None, CONTACT]
    specialties: tuple[str, ...]
    npi: str | None
    version: int

    @classmethod
    def of(cls, listed: Listed[ClinicianChanged]) -> Self:
        """The entry as it is shown."""
        return cls.model_validate({**_fields(listed.entry), "version": listed.version})


def _fields(entry: ClientChanged | FacilityChanged | ClinicianChanged) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}
