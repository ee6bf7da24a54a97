"""What sources write and what it means: status, kind, days."""

from datetime import date

import pytest

from credentialing.domain.authority.licence import LicenceStatus, kind_of, status_of
from services.credentialing.tests.domain.authority.questions import action, licence


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Active", LicenceStatus.ACTIVE),
        (" ACTIVE - Unencumbered ", LicenceStatus.ACTIVE),
        ("Active - Probation", LicenceStatus.ENCUMBERED),
        ("active with restrictions", LicenceStatus.ENCUMBERED),
        ("Lapsed", LicenceStatus.EXPIRED),
        ("Retired", LicenceStatus.INACTIVE),
        ("not active", LicenceStatus.INACTIVE),
        ("Summarily Suspended", LicenceStatus.SUSPENDED),
        ("Application pending", LicenceStatus.PENDING),
        ("active as far as we know", LicenceStatus.UNKNOWN),
        ("inactive/active?", LicenceStatus.UNKNOWN),
        ("", LicenceStatus.UNKNOWN),
        (None, LicenceStatus.UNKNOWN),
    ],
)
def test_words_that_are_not_understood_are_not_active(text: str | None, status: LicenceStatus) -> None:
    assert status_of(text) is status


@pytest.mark.parametrize(
    ("text", "kind"),
    [("lvn", "LPN"), (" LPN/VN ", "LPN"), ("Registered  Nurse", "RN"), ("CRNA", "APRN"), ("DO", "MD"), ("PT", "PT")],
)
def test_the_kind_of_a_licence_is_read_from_many_words(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2026-01-31", LicenceStatus.PENDING),
        ("2026-02-01", LicenceStatus.ACTIVE),
        ("2026-05-01", LicenceStatus.ENCUMBERED),
        ("2026-05-31", LicenceStatus.ENCUMBERED),
        ("2026-06-01", LicenceStatus.ACTIVE),
        ("2026-12-31", LicenceStatus.ACTIVE),
        ("2027-01-01", LicenceStatus.EXPIRED),
        ("2027-03-01", LicenceStatus.DEACTIVATED),
    ],
)
def test_a_licence_is_worth_what_its_dates_say(on: str, status: LicenceStatus) -> None:
    held = licence(
        "TX",
        issued="2026-02-01",
        expires="2026-12-31",
        deactivated_on="2027-03-01",
        actions=(action("TX", "2026-05-01", "2026-05-31"), action("CO", "2026-02-01")),
    )
    assert held.status_on(date.fromisoformat(on)) is status
