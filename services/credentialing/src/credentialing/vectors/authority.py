"""Answers the groups `compact_nlc` and `compact_other`.

Conventions of the file: days are inclusive; a basis is named by whether its licence is multistate; its state only
where several multistate licences compete; a first day that is covered later is told as `not_authorized_on_start`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from credentialing.domain.authority.asked import Affiliation, Asked
from credentialing.domain.authority.compact_table import ROWS
from credentialing.domain.authority.decide import authority, authority_by_compact
from credentialing.domain.authority.decision import Authority, Basis, Decision
from credentialing.domain.authority.licence import BoardAction, Licence, LicenceScope, LicenceStatus, status_of
from credentialing.domain.authority.residence import Residence
from shared.periods import Period

Given = Mapping[str, Any]

ALIASES = {"ASLP-IC": "ASLP", "ASLPIC": "ASLP", "REPLICA": "EMS", "OTC": "OT", "PTC": "PT", "COUNSELLING": "COUNSELING"}
APPLIED = ("applied_on", "applied", "application_date", "applied_for_new_license", "application_filed")
LAST_DISCIPLINE = ("last_discipline", "last_discipline_date", "discipline_date", "discipline_ended")
MULTISTATE = frozenset({"multistate", "compact"})


def answer_nlc(case: Given) -> dict[str, Any]:
    """The decision for a nurse; where patients are in other states, authority in each of them counts."""
    given = case["input"]
    asked = _nurse(given)
    places = _listed(given, "patient_states", "patient_state")
    if not places:
        return _told(authority(asked), asked)
    found = {place: authority(replace(asked, state=place)) for place in places}
    failing = [place for place in places if found[place].decision is not Decision.AUTHORIZED]
    told = _told(found[failing[0] if failing else places[0]], asked)
    if told["decision"] == Decision.NOT_AUTHORIZED:
        told["reasons"] = [f"patient_state_not_authorized:{place}" for place in failing]
    return told


def answer_other(case: Given) -> dict[str, Any]:
    """The decision under another compact, without its basis."""
    given = case["input"]
    compact = _state(given.get("compact"))
    compact = ALIASES.get(compact, compact)
    told = _told(authority_by_compact(_member(given, compact), compact), None)
    return {key: value for key, value in told.items() if key != "basis"}


def _told(found: Authority, asked: Asked | None) -> dict[str, Any]:
    told: dict[str, Any] = {"decision": found.decision, "basis": _basis(found)}
    if found.reasons:
        told["reasons"] = [str(reason) for reason in found.reasons]
    if found.decision is Decision.NOT_AUTHORIZED and found.first_authorized_on:
        told["reasons"] = ["not_authorized_on_start"]
    if asked and found.basis_licence and _compete(asked) and found.basis_licence.scope is LicenceScope.MULTISTATE:
        told["basis_license_state"] = found.basis_licence.state
    days = {"first_authorized_date": found.first_authorized_on, "authorized_until": found.authorized_until}
    return told | {key: day.isoformat() for key, day in days.items() if day}


def _basis(found: Authority) -> str | None:
    """The file knows one word for what rests on a multistate licence, at home and away."""
    return Basis.MULTISTATE if found.basis is Basis.HOME_STATE else found.basis


def _compete(asked: Asked) -> bool:
    return sum(licence.scope is LicenceScope.MULTISTATE for licence in asked.licences) > 1


def _nurse(given: Given) -> Asked:
    licences = tuple(_licence(one, given.get("profession")) for one in given.get("licenses") or ())
    return Asked(
        profession=str(given.get("profession") or next((one.type for one in licences), "")),
        role=given.get("role"),
        licences=licences,
        residences=_residences(given),
        state=_state(given.get("work_state")),
        days=_days(given),
    )


def _member(given: Given, compact: str) -> Asked:
    profession = min((kind for row in ROWS if row.compact == compact for kind in row.professions), default=compact)
    home = [_home(given)] if given.get("home_license") else []
    licences = [_licence(_as_record(one), profession) for one in (*home, *(given.get("licenses") or ()))]
    bought = [_licence(_as_record(one), profession) for one in given.get("privileges") or ()]
    members = _listed(given, "member", "members")
    return Asked(
        profession=profession,
        licences=(
            *(replace(one, type=profession) for one in licences),
            *(replace(one, type=profession, scope=LicenceScope.PRIVILEGE) for one in bought),
        ),
        state=_state(given.get("work_state")),
        days=_days(given),
        members=frozenset(_state(member) for member in members) if members else None,
        affiliation=_affiliation(given),
    )


def _home(given: Given) -> Given:
    """The home licence, with what the case says about discipline beside it."""
    names = ("encumbered", "discipline", "disciplines", "encumbrances", *LAST_DISCIPLINE)
    return {**{name: given[name] for name in names if name in given}, **_as_record(given["home_license"])}


def _licence(given: Given, profession: Any) -> Licence:
    state = _state(given.get("state"))
    status = status_of(given.get("status", "active"))
    if status is LicenceStatus.ACTIVE and (given.get("encumbered") is True or given.get("discipline") is True):
        status = LicenceStatus.ENCUMBERED
    return Licence(
        state=state,
        type=str(given.get("type") or profession or ""),
        scope=LicenceScope.MULTISTATE if _is_multistate(given.get("scope")) else LicenceScope.SINGLE_STATE,
        status=status,
        issued=_day(given.get("issued") or given.get("issued_on") or given.get("issue_date")),
        expires=_day(given.get("expires") or given.get("expires_on")),
        deactivated_on=_day(given.get("deactivated") or given.get("deactivated_on")),
        actions=tuple(_actions(given, state)),
    )


def _actions(given: Given, home: str) -> Iterable[BoardAction]:
    """Actions against privileges name their state; those against the licence itself fall in its own.

    One against a privilege lasts until its end is told; a discipline of which a day is told alone was on that day.
    """
    for name in ("ptp_actions", "actions", "discipline", "encumbrances", "disciplines"):
        rows = given.get(name)
        rows = [{"date": rows}] if _is_day(rows) else [rows] if isinstance(rows, dict) else rows
        for row in rows if isinstance(rows, list) else ():
            begun = _day(row.get("effective") or row.get("from") or row.get("date")) or date.min
            ended = _day(row.get("ended") or row.get("to") or (None if name == "ptp_actions" else row.get("date")))
            yield BoardAction(state=_state(row.get("state") or home), effective=begun, ended=ended)
    if last := _day(next((given[name] for name in LAST_DISCIPLINE if given.get(name)), None)):
        yield BoardAction(state=home, effective=last, ended=last)


def _residences(given: Given) -> tuple[Residence, ...]:
    rows = given.get("primary_residence") or ()
    rows = [{"state": rows}] if isinstance(rows, str) else rows
    proofs = tuple(_state(value) for key, value in given.items() if "driv" in key and isinstance(value, str))
    filed = {_state(one.get("state")): _applied(one) for one in _applications(given) if one.get("state")}
    told = next((_day(given[key]) for key in APPLIED if _is_day(given.get(key))), None)
    return tuple(
        Residence(
            state=_state(row.get("state")),
            first=_day(row.get("from")),
            last=_day(row.get("to")),
            applied_on=_applied(row) or filed.get(_state(row.get("state"))) or (None if row.get("to") else told),
            proofs=proofs if row.get("to") is None else (),
        )
        for row in rows
    )


def _applications(given: Given) -> list[Given]:
    one = given.get("application")
    return [*(given.get("applications") or ()), *([one] if isinstance(one, dict) else ())]


def _applied(row: Given) -> date | None:
    """The day of applying in a new home; where only that it was done is told, the day of moving there."""
    if any(row.get(key) is True for key in APPLIED):
        return _day(row.get("from"))
    return next((_day(row[key]) for key in (*APPLIED, "date", "filed") if isinstance(row.get(key), str)), None)


def _affiliation(given: Given) -> Affiliation:
    told = {**given, **(given["affiliation"] if isinstance(given.get("affiliation"), dict) else {})}
    agencies = ("agency_affiliation", "agency_affiliated", "affiliated_agency", "ems_agency", "agency", "affiliation")
    return Affiliation(
        agency=any(bool(told.get(key)) for key in agencies),
        medical_director=bool(told.get("medical_director") or told.get("medical_direction")),
    )


def _as_record(given: Any) -> Given:
    """A licence named by its state alone is an active one."""
    return given if isinstance(given, Mapping) else {"state": given}


def _days(given: Given) -> Period:
    first = _day(given.get("from") or given.get("date")) or date.min
    return Period.through(first, max(first, _day(given.get("to")) or first))


def _listed(given: Given, *names: str) -> list[str]:
    found: Any = next((given[name] for name in names if given.get(name)), [])
    return [found] if isinstance(found, str) else list(found)


def _is_multistate(scope: Any) -> bool:
    return str(scope or "").lower().replace("-", "").replace("_", "").replace(" ", "") in MULTISTATE


def _state(given: Any) -> str:
    return str(given or "").strip().upper()


def _is_day(given: Any) -> bool:
    return isinstance(given, str) and given[:4].isdigit()


def _day(given: Any) -> date | None:
    return date.fromisoformat(given[:10]) if isinstance(given, str) and given else None
