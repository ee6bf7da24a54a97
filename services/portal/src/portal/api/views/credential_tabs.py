"""The parts of the credentials section, and of one assignment's file, that a role may see."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from portal.api.auth import POLICY
from shared.principal import Principal
from shared.reach import reach_by

EXPIRING, EXCLUSIONS, RULES = "expiring", "exclusions", "rules"
ADVERSE, MEASURES, SOURCES = "adverse", "measures", "sources"
_TABS: Final = (
    (EXPIRING, "Expiring", "/credentialing", "expirables.read"),
    (EXCLUSIONS, "Exclusion cases", "/credentialing/exclusions", "exclusions.read"),
    (ADVERSE, "Adverse actions", "/credentialing/adverse", "adverse.read"),
    (MEASURES, "Staffing measures", "/credentialing/measures", "measures.read"),
    (SOURCES, "Sources", "/credentialing/sources", "sources.read"),
    (RULES, "Rules", "/credentialing/rules", "rules.read"),
)
_NO_GRANTS: Final = datetime.max.replace(tzinfo=UTC)


def section_tabs(principal: Principal, tab: str) -> tuple[tuple[str, str, bool], ...]:
    """Text, address, and whether it is the open one, of those that open by the person's own roles."""
    return tuple((text, href, name == tab) for name, text, href, act in _TABS if _opens(principal, act))


def section_pages(principal: Principal) -> tuple[tuple[str, str], ...]:
    """Text and address of each part but the first, which stands for the section."""
    return tuple((text, href) for _, text, href, act in _TABS[1:] if _opens(principal, act))


def _opens(principal: Principal, action: str) -> bool:
    return not reach_by(principal, action, allowed=POLICY[action], now=_NO_GRANTS).is_empty


FILE, DOCUMENTS, REFERENCES, SKILLS, PACKETS = "file", "documents", "references", "skills", "packets"
REPORTS = "adverse"
_PARTS: Final = (
    (FILE, "File", "shield-check", "files.read"),
    (DOCUMENTS, "Documents", "files", "files.read"),
    (REFERENCES, "References", "message-square", "references.read"),
    (SKILLS, "Skills", "clipboard-check", "skills.read"),
    (REPORTS, "Adverse actions", "shield-alert", "adverse.read"),
    (PACKETS, "Packets", "package", "packets.read"),
)
"""Pages of a file: the end of the address, text, icon, and the action that opens them."""


def file_parts(href: str, roles: Collection[str], *, part: str) -> tuple[tuple[str, str, str, bool], ...]:
    """Text, address, icon, and whether it is the open one; `href` is the assignment's page."""
    has = frozenset(roles)
    return tuple((text, f"{href}/{name}", icon, name == part) for name, text, icon, act in _PARTS if POLICY[act] & has)
