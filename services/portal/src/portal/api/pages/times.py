"""Times in pages, described in `components/when.html`. Drawn here and not by macros: pages draw hundreds."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from markupsafe import Markup, escape

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def drawn_when(instant: datetime, zone: tzinfo, now: datetime) -> Markup:
    """An instant by its distance from now, from 30 days on as a day; whole and with its zone in the tooltip."""
    text = _distance(instant - now)
    if not text:
        text = instant.astimezone(zone).strftime("%-d %b" if instant.year == now.year else "%-d %b %Y")
    return Markup(f'<time class="when" {_whole(instant, zone)}>{text}</time>')  # noqa: S704


@lru_cache(maxsize=4096)
def _whole(instant: datetime, zone: tzinfo) -> str:
    """The same whoever asks when: pages show the same instants again and again."""
    here = instant.astimezone(zone)
    return f'datetime="{instant.isoformat()}" title="{escape(here.strftime("%a %-d %b %Y, %H:%M %Z"))}"'


def drawn_day(day: date, today: date | None = None) -> Markup:
    """ "Mon 30 Nov", with the year where it is not today's; how far off in the tooltip, where today is said."""
    title = f' title="{_days_off((day - today).days)}"' if today else ""
    text = day.strftime("%a %-d %b" if not today or day.year == today.year else "%a %-d %b %Y")
    return Markup(f'<time class="when" datetime="{day.isoformat()}"{title}>{text}</time>')  # noqa: S704


def _distance(gap: timedelta) -> str:
    size = abs(gap)
    if size < MINUTE:
        return "now"
    if size >= 30 * DAY:
        return ""
    if size < HOUR:
        span = f"{size // MINUTE} min"
    else:
        span = f"{size // HOUR} h" if size < 2 * DAY else f"{size // DAY} d"
    return f"in {span}" if gap > timedelta() else f"{span} ago"


def _days_off(days: int) -> str:
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
