"""What an event says in one line."""

from firstshift.facts import facts

CLINICIAN = {
    "clinician_id": "cln_1",
    "name": "Ada Example",
    "email": "ada@example.org",
    "discipline": "RN",
    "specialties": ["ICU", "ED"],
    "npi": None,
}


def test_names_and_contacts_of_a_clinician_stay_hidden() -> None:
    assert facts("assignments.clinician.v1", CLINICIAN) == "discipline=RN specialties=ICU,ED (3 personal fields hidden)"


def test_terms_are_their_version_and_days_things_are_counted_and_what_is_absent_is_left_out() -> None:
    offer = {
        "assignment_id": "asg_1",
        "source": "demo",
        "terms": {"version": 2, "start_date": "2026-01-05", "end_date": "2026-04-05"},
        "blockers": [{"code": "a"}, {"code": "b"}],
        "changed": [],
        "home": {"state": "TX"},
        "reason": None,
        "is_late": False,
    }

    assert (
        facts("assignments.assignment.v1", offer)
        == "source=demo terms=v2 2026-01-05…2026-04-05 blockers=2 home={1} is_late=False"
    )
