"""The agency's settings."""

from dataclasses import replace
from datetime import date, time

import pytest

from identity.domain.agency_settings import DEFAULTS, changed_event, settings_findings
from shared.contracts.identity import ServiceLevel
from shared.contracts.terms import Weekday

FIRST, *REST = DEFAULTS.calendars
XMAS = date(2026, 12, 25)


def with_calendar(**changes):
    return replace(DEFAULTS, calendars=(replace(FIRST, **changes), *REST))


@pytest.mark.parametrize(
    ("case", "settings", "found"),
    [
        ("the defaults", DEFAULTS, []),
        ("unknown zone", with_calendar(time_zone="Mars/Base"), [("/calendars/0/time_zone", "unknown_time_zone")]),
        ("a path", with_calendar(time_zone="../etc/passwd"), [("/calendars/0/time_zone", "unknown_time_zone")]),
        ("never open", with_calendar(closes_at=time(8)), [("/calendars/0/closes_at", "closes_before_opening")]),
        (
            "one day twice",
            with_calendar(weekdays=(Weekday.MON, Weekday.MON)),
            [("/calendars/0/weekdays/1", "repeated")],
        ),
        ("one holiday twice", with_calendar(days_off=(XMAS, XMAS)), [("/calendars/0/days_off/1", "repeated")]),
        (
            "another department",
            with_calendar(department="sales"),
            [("/calendars", "department_missing"), ("/calendars/0/department", "not_one_of")],
        ),
        ("one left out", replace(DEFAULTS, calendars=tuple(REST)), [("/calendars", "department_missing")]),
        (
            "one twice",
            replace(DEFAULTS, calendars=(*DEFAULTS.calendars, FIRST)),
            [("/calendars/4/department", "repeated")],
        ),
        (
            "a level twice",
            replace(DEFAULTS, service_levels=(ServiceLevel(kind="choose_unit", business_hours=8),) * 2),
            [("/service_levels/1/kind", "repeated")],
        ),
    ],
)
def test_settings_are_judged_whole(case, settings, found):
    assert [(finding.pointer, finding.code) for finding in settings_findings(settings)] == found


def test_everybody_hears_all_of_the_settings():
    event = changed_event(DEFAULTS)
    assert (event.settings_id, event.calendars) == ("agency", DEFAULTS.calendars)
