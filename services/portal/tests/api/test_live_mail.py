"""What waits for a reader stays bounded, and says what it must."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from portal.api.pages.live_mail import PLACES, SERVICES, Mailbox, instant_id, instant_of
from portal.domain.change import ASSIGNMENTS, ITEMS, MOST_IDS, OTHERS, Change
from shared.reach import EVERYTHING, Reach

AT = datetime(2026, 1, 5, 15, 0, 0, 250_000, tzinfo=UTC)


def said(mailbox):
    """The kinds of the events, and the data of each."""
    events = []
    for text in mailbox.take().events(AT):
        lines = dict(line.split(": ", 1) for line in text.strip().splitlines())
        events.append((lines["event"], json.loads(lines["data"])))
    return events


def test_ids_are_told_once_and_in_order():
    mailbox = Mailbox()
    for ids in (["wki_2"], ["wki_1", "wki_2"]):
        mailbox.put(ITEMS, ids)
    assert mailbox.woken.is_set()
    assert said(mailbox) == [
        ("changed", {"items": ["wki_1", "wki_2"], "assignments": [], "others": [], "at": AT.isoformat()})
    ]
    assert not mailbox.woken.is_set()
    assert said(mailbox) == [("beat", {})]


def test_a_slow_reader_is_told_to_look_at_everything_and_of_nothing_single():
    mailbox = Mailbox()
    mailbox.put(PLACES, ["asg_1"])
    mailbox.put(ITEMS, [f"wki_{number}" for number in range(MOST_IDS + 1)])
    mailbox.put(ITEMS, ["wki_one_more"])
    assert said(mailbox) == [("look", {}), ("present", {"places": ["asg_1"]})]


def test_as_many_as_a_page_shows_are_told_singly():
    mailbox = Mailbox()
    mailbox.put(ITEMS, [f"wki_{number}" for number in range(MOST_IDS)])
    assert [kind for kind, _ in said(mailbox)] == ["changed"]


def test_of_services_the_last_word_counts_also_that_none_is_away():
    mailbox = Mailbox()
    for down in (["housing", "payroll"], []):
        mailbox.put(SERVICES, down)
    assert said(mailbox) == [("services", {"down": []})]


def test_nothing_put_wakes_nobody():
    mailbox = Mailbox()
    mailbox.put(ITEMS, [])
    assert not mailbox.woken.is_set()


def test_a_change_of_a_work_item_is_one_of_its_assignment():
    mailbox = Mailbox()
    mailbox.put_changes([Change(kind=ITEMS, id="wki_1", columns={"assignment_id": "asg_1"})], EVERYTHING)
    ((_, data),) = said(mailbox)
    assert (data["items"], data["assignments"]) == (["wki_1"], ["asg_1"])


CASES = [
    ("of one's facility", Reach(facility_id=frozenset({"fac_1"})), ITEMS, {"facility_id": "fac_1"}, True),
    ("of another", Reach(facility_id=frozenset({"fac_2"}), of_team=True), ITEMS, {"facility_id": "fac_1"}, False),
    ("of nobody, a clinician", Reach(of_team=True), OTHERS, {"clinician_id": "cln_1"}, True),
    ("of nobody, for no team", Reach(), OTHERS, {"clinician_id": "cln_1"}, False),
    ("of no facility, but an item", Reach(of_team=True), ITEMS, {"facility_id": None}, False),
    ("an assignment granted", Reach(assignment_id=frozenset({"asg_1"})), ASSIGNMENTS, {"assignment_id": "asg_1"}, True),
    ("a source's own", Reach(source=frozenset({"ats"})), ASSIGNMENTS, {"source": "ats"}, True),
]


@pytest.mark.parametrize(
    ("reach", "kind", "columns", "is_told"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_only_what_somebody_reaches_is_told(reach, kind, columns, is_told):
    assert Change(kind=kind, id="x_1", columns=columns).is_within(reach) is is_told


def test_an_events_id_is_its_instant_to_the_millisecond():
    assert instant_of(str(instant_id(AT))) == AT
    assert instant_id(AT + timedelta(milliseconds=1)) == instant_id(AT) + 1


@pytest.mark.parametrize("text", ["", "-1", "1.5", "٣", "x", "9" * 15])
def test_what_is_no_id_of_ours_is_no_instant(text):
    assert instant_of(text) is None
