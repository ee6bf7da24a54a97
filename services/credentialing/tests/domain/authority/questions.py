"""Short ways to write a question about authority: days as ISO text, an RN who lives in Texas, unless told."""

from datetime import date
from typing import Any

from credentialing.domain.authority.asked import Asked
from credentialing.domain.authority.decision import Authority
from credentialing.domain.authority.licence import BoardAction, Licence, LicenceScope, LicenceStatus
from credentialing.domain.authority.residence import Residence
from shared.periods import Period

Said = tuple[str, str | None, list[str]]
"""Decision, basis, reasons."""


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def multistate(state: str, **more: Any) -> Licence:
    return licence(state, scope=LicenceScope.MULTISTATE, **more)


def licence(state: str, **more: Any) -> Licence:
    dates: dict[str, Any] = {key: day(more.pop(key)) for key in ("issued", "expires", "deactivated_on") if key in more}
    status = LicenceStatus(more.pop("status", "active"))
    given: dict[str, Any] = {"type": "RN", **more, **dates}
    return Licence(state=state, status=status, **given)


def privilege(state: str, **more: Any) -> Licence:
    return licence(state, scope=LicenceScope.PRIVILEGE, **more)


def action(state: str, effective: str, ended: str | None = None) -> BoardAction:
    return BoardAction(state=state, effective=date.fromisoformat(effective), ended=day(ended))


def lives(state: str, first: str | None = "2015-01-01", last: str | None = None, **more: Any) -> Residence:
    applied_on = day(more.pop("applied_on", None))
    return Residence(state=state, first=day(first), last=day(last), applied_on=applied_on, **more)


def a_question(*held: Licence, state: str, **more: Any) -> Asked:
    first, last = more.pop("days", ("2026-11-30", "2027-02-27"))
    given: dict[str, Any] = {"profession": "RN", "residences": (lives("TX"),), **more}
    days = Period.through(date.fromisoformat(first), date.fromisoformat(last))
    return Asked(licences=held, state=state, days=days, **given)


def said(found: Authority) -> Said:
    return (str(found.decision), found.basis and str(found.basis), [str(reason) for reason in found.reasons])
