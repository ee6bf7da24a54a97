"""The ways through the portal that a person may go."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from portal.api.auth import POLICY


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """One section: its address, its icon, and how much waits there (None: nothing is counted)."""

    text: str
    href: str
    icon: str
    action: str
    count: int | None = None


SECTIONS = (
    NavLink(text="My work", href="/work", icon="inbox", action="queue.read"),
    NavLink(text="Board", href="/board", icon="columns-3", action="boards.read"),
    NavLink(text="Assignments", href="/assignments", icon="briefcase-medical", action="assignments.read"),
    NavLink(text="Clinicians", href="/clinicians", icon="users", action="directory.read"),
    NavLink(text="Facilities", href="/facilities", icon="hospital", action="directory.read"),
    NavLink(text="Credentials", href="/credentialing", icon="shield-check", action="expirables.read"),
    NavLink(text="Funnel", href="/funnel", icon="funnel", action="funnel.read"),
    NavLink(text="Parked events", href="/parked", icon="archive", action="repairs.read"),
)
"""In the order of a day's work; each names the action that lets a role see it."""


def finder_of(roles: Collection[str]) -> str:
    """Where these roles look for what they want to open: people and work as well, or the portal's pages alone."""
    finds_people = POLICY["search.read"] & frozenset(roles)
    return "/pages" if POLICY["pages.find"] & frozenset(roles) and not finds_people else "/search"


def links_of(roles: Collection[str], *, mine: int | None = None) -> tuple[NavLink, ...]:
    """The sections that these roles may see, with `mine` open items at My work."""
    allowed = [section for section in SECTIONS if POLICY[section.action] & frozenset(roles)]
    return tuple(replace(section, count=mine) if section.href == "/work" else section for section in allowed)


def section_of(links: Iterable[NavLink], path: str) -> str:
    """The address of the section to which a page belongs; empty for a page of none."""
    return next((link.href for link in links if path == link.href or path.startswith(f"{link.href}/")), "")
