"""The parts of the credentials section that a role may see."""

from collections.abc import Collection
from typing import Final

from portal.api.auth import POLICY

EXPIRING, EXCLUSIONS, RULES = "expiring", "exclusions", "rules"
_TABS: Final = (
    (EXPIRING, "Expiring", "/credentialing", "expirables.read"),
    (EXCLUSIONS, "Exclusion cases", "/credentialing/exclusions", "exclusions.read"),
    (RULES, "Rules", "/credentialing/rules", "rules.read"),
)


def section_tabs(roles: Collection[str], tab: str) -> tuple[tuple[str, str, bool], ...]:
    """Text, address, and whether it is the open one."""
    return tuple((text, href, name == tab) for name, text, href, act in _TABS if POLICY[act] & frozenset(roles))
