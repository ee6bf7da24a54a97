"""What a clinician reads about what is left."""

from datetime import UTC, date, datetime

import pytest

from portal.domain.own_steps import others_steps, own_steps, status_steps
from shared.contracts.workstreams import Blocker


def a_blocker(code, owner="clinician", due=None):
    return Blocker(code=code, owner=owner, since=datetime(2026, 1, 5, tzinfo=UTC), due=due)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("w4_missing", "We still need Form W-4."),
        ("CERT-BLS:missing", "We still need your Basic Life Support card."),
        ("CERT-NEW:missing", "We still need your certification."),
        ("LIC-RN:rejected", "We could not accept your professional licence. Please send it again."),
        ("health_incomplete", "We still need the health part of your file."),
        ("something_new", "We still need “something new”."),
    ],
)
def test_each_step_is_a_sentence_also_for_a_code_nobody_knows_yet(code, text):
    assert [step.text for step in own_steps([a_blocker(code)])] == [text]


def test_what_was_refused_comes_first_then_by_day_and_nothing_is_said_twice():
    found = own_steps(
        [
            a_blocker("w4_missing"),
            a_blocker("pay_method_missing", due=date(2026, 1, 9)),
            a_blocker("w4_missing"),
            a_blocker("LIC-RN:rejected", due=date(2026, 1, 20)),
            a_blocker("EXC-SAM:missing", owner="credentialing_specialist"),
        ]
    )
    assert [step.is_refused for step in found] == [True, False, False]
    assert [step.due for step in found] == [date(2026, 1, 20), date(2026, 1, 9), None]


def test_what_others_do_names_them_as_a_clinician_knows_them():
    blockers = [
        a_blocker("not_confirmed", owner="client"),
        a_blocker("FAC-PACKET:missing", owner="facility"),
        a_blocker("package_not_accepted", owner="payroll_specialist"),
        a_blocker("w4_missing"),
    ]
    assert others_steps(blockers) == (
        "The client takes care of the client's confirmation.",
        "The facility takes care of the facility's own forms.",
        "The agency takes care of a look at your pay package.",
    )


def test_whoever_follows_an_assignment_reads_whose_move_it_is_and_until_when():
    blockers = [a_blocker("w4_missing", due=date(2026, 1, 9)), a_blocker("LIC-RN:received", owner="x_specialist")]
    blockers.append(a_blocker("CERT-BLS:missing"))
    assert status_steps(blockers) == (
        "The clinician takes care of Form W-4 by 2026-01-09.",
        "The agency takes care of the clinician's professional licence.",
        "The clinician takes care of their Basic Life Support card.",
    )
