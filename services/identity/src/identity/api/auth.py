"""Who may do what in identity."""

from identity.domain.roles import DEPARTMENT_SPECIALISTS, Role

ADMINISTRATORS = frozenset({"administrator"})
IN_CHARGE = ADMINISTRATORS | {"lead"}
AUDITORS = frozenset({"auditor"})
SPECIALISTS = frozenset(role.value for role in DEPARTMENT_SPECIALISTS)
LINK_MAKERS = SPECIALISTS | {"coordinator", "lead"}
EVERYBODY = frozenset(role.value for role in Role)

POLICY: dict[str, frozenset[str]] = {
    "people.read": ADMINISTRATORS | {"lead", "auditor"},
    "people.create": ADMINISTRATORS,
    "people.change": ADMINISTRATORS,
    "people.sign_out": ADMINISTRATORS | {"lead"},
    "me.read": EVERYBODY,
    "me.change": EVERYBODY,
    "signing_keys.rotate": ADMINISTRATORS | {"operator"},
    "api_clients.read": ADMINISTRATORS | AUDITORS,
    "api_clients.register": ADMINISTRATORS,
    "api_clients.issue_secret": ADMINISTRATORS,
    "api_clients.revoke_secret": ADMINISTRATORS,
    "api_clients.disable": ADMINISTRATORS,
    "links.read": LINK_MAKERS | ADMINISTRATORS | AUDITORS,
    "links.make": LINK_MAKERS,
    "links.revoke": LINK_MAKERS | ADMINISTRATORS,
    "grants.read": IN_CHARGE | AUDITORS,
    "grants.give": IN_CHARGE,
    "grants.revoke": IN_CHARGE,
    "settings.read": EVERYBODY,
    "settings.change": ADMINISTRATORS,
    "erasures.read": IN_CHARGE | AUDITORS,
    "erasures.ask": IN_CHARGE,
    "erasures.confirm": IN_CHARGE,
}
"""Accounts are the administrators'; a lead can end a session at once, and reads who works here.

What widens access (clients, grants) or cannot be taken back (erasures) is for those in charge; links are everyday work.
"""
