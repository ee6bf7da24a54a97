"""Bodies about people."""

from datetime import datetime
from typing import Annotated, Any, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from identity.api.schemas.words import FACILITY, PERSON, FacilityId, Name, shown
from identity.domain.invitation import Accepted
from identity.domain.passwords import LONGEST
from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from shared.http.bodies import RequestBody, ResponseBody

MOST_FACILITIES = 100
"""With ids of 30 characters, more would make a token longer than services accept."""

_PROFILE: dict[str, Any] = {
    "name": "Ada Linden",
    "team": "north",
    "facilities": [],
    "team_facilities": [FACILITY],
    "time_zone": "America/Chicago",
}
_PERSON: dict[str, Any] = {
    "person_id": PERSON,
    "email": "ada.linden@agency.example",
    **_PROFILE,
    "roles": ["coordinator"],
    "is_active": True,
    "version": 1,
}
_INVITED: dict[str, Any] = {"expires_at": "2026-01-08T15:00:00Z", "code": "Zk9…"}


def _zone(given: str) -> str:
    if given not in available_timezones():
        raise PydanticCustomError("not_a_time_zone", "Write a zone of the IANA database, such as America/Chicago.")
    return given


def _visible(given: str) -> str:
    if not given.isprintable():
        raise PydanticCustomError("not_visible", "Leave characters out that nobody sees.")
    return given


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,63}$"),
    AfterValidator(_visible),
]
Zone = Annotated[str, Field(max_length=60), AfterValidator(_zone)]
Facilities = Annotated[tuple[FacilityId, ...], Field(max_length=MOST_FACILITIES)]
Roles = Annotated[tuple[Role, ...], Field(max_length=len(Role), strict=False)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class ProfileIn(RequestBody):
    """How a person is described, and whose work is theirs: the whole of it."""

    model_config = shown(_PROFILE)

    name: Name
    team: Name | None = None
    facilities: Facilities = ()
    team_facilities: Facilities = ()
    time_zone: Zone | None = None

    def profile(self) -> Profile:
        """What is asked, as the rules read it."""
        return Profile(**{name: getattr(self, name) for name in ProfileIn.model_fields})


class PersonIn(ProfileIn):
    """Who is to come in, and as what. An address belongs to one account, however it is spelt."""

    model_config = shown({"email": _PERSON["email"], **_PROFILE, "roles": ["coordinator"]})

    email: Email
    roles: Roles


class RolesIn(RequestBody):
    """All roles from now on; those not named are taken."""

    model_config = shown({"roles": ["coordinator", "lead"]})

    roles: Roles


class OutsideIn(RequestBody):
    """Which identity of the outside provider is this person: its issuer and subject, never an e-mail address."""

    model_config = shown({"issuer": "https://login.agency.example", "subject": "248289761001"})

    issuer: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]{1,200}$")]
    subject: Annotated[str, StringConstraints(min_length=1, max_length=255)]


class PersonOut(ResponseBody):
    """An account; never a password, a factor or a token."""

    model_config = shown(_PERSON)

    person_id: str
    email: str
    name: str
    team: str | None
    facilities: tuple[str, ...]
    team_facilities: tuple[str, ...]
    time_zone: str | None
    roles: tuple[Role, ...]
    is_active: bool
    version: int

    @classmethod
    def of(cls, person: Person) -> Self:
        """The account as it is shown."""
        profile = {name: getattr(person.profile, name) for name in ProfileIn.model_fields}
        names = ("person_id", "email", "roles", "is_active", "version")
        return cls.model_validate({**profile, **{name: getattr(person, name) for name in names}})


class InvitedOut(PersonOut):
    """An account and its invitation. The code is answered once and kept nowhere: hand it over as
    `/invitation?code=…` in a way that only the person reads. A repeated command answers without it.
    """

    model_config = shown({**_PERSON, **_INVITED})

    expires_at: datetime
    code: str | None = None


class AcceptIn(RequestBody):
    """The code of the invitation, and the password from now on."""

    model_config = shown({"code": "Zk9…", "password": "a long sentence of several words"})

    code: Code
    password: Password


class SecondFactorOut(ResponseBody):
    """What an authenticator app is set up with; the first sign-in confirms it."""

    secret: str
    address: str


class AcceptedOut(ResponseBody):
    """Who came in. `second_factor` is there when the roles need one that was not set up before."""

    model_config = shown(
        {
            "person_id": PERSON,
            "second_factor": {"secret": "JBSWY3DPEHPK3PXP", "address": "otpauth://totp/Firstshift:ada?secret=…"},
        }
    )

    person_id: str
    second_factor: SecondFactorOut | None

    @classmethod
    def of(cls, accepted: Accepted, address: str | None) -> Self:
        """What is told once."""
        secret = accepted.totp_secret
        factor = SecondFactorOut(secret=secret, address=address) if secret and address else None
        return cls(person_id=accepted.person.person_id, second_factor=factor)


class PasswordIn(RequestBody):
    """The present password, and the one from now on."""

    model_config = shown({"present": "the sentence so far", "password": "a long sentence of several words"})

    present: Password
    password: Password


class RecoveryCodesOut(ResponseBody):
    """Codes that sign in once each without the app; a repeated command answers without them."""

    model_config = shown({"recovery_codes": ["4kx9-7mhq-ab2c-w8zt"]})

    recovery_codes: tuple[str, ...] = ()


class KeysOut(ResponseBody):
    """The ids of the keys that are published, and which of them signs."""

    model_config = shown({"kids": ["wGq…", "k3F…"], "signing": "k3F…"})

    kids: tuple[str, ...]
    signing: str
