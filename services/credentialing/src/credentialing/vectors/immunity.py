"""Answers the group `immunity` with the rules that evidence is judged by."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from credentialing.domain.immunity import MMR_DISEASES, ImmunityEvidence, Reason, immunity

PRESUMED_BEFORE = 1957
TODAY = date(2026, 11, 21)
"""The day on which the file of vectors was compiled, for cases that name none."""

LABORATORY = ("lab_", "laboratory")
PROVIDER = ("physician_diagnos", "provider_diagnos", "clinician_diagnos")
"""How the words begin for a disease that a laboratory confirmed, or a provider diagnosed."""
POSITIVE = frozenset({"positive", "pos", "immune", "reactive", "true"})
NEGATIVE = frozenset({"negative", "neg", "clear", "normal", "none", "no", "false"})
INDURATION_MM = 10
DISEASES = {"IMM-MMR": MMR_DISEASES, "IMM-VAR": frozenset({"varicella"})}


def answer_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the evidence proves immunity; two doses too close together are said so."""
    given = case["input"]
    on = date.fromisoformat(str(given.get("as_of") or given.get("on") or given.get("start") or TODAY)[:10])
    found = immunity(given["item"], _evidence(given), on=on)
    reason = {"reason": str(found.reason)} if found.reason is Reason.INTERVAL else {}
    return {"immune": found.immune, **reason}


def _evidence(given: Mapping[str, Any]) -> ImmunityEvidence:
    doses = given.get("doses")
    history = _word(given.get("history"))
    diseases = DISEASES.get(given["item"], frozenset())
    anti_hbs = given.get("anti_hbs_miu_ml")
    return ImmunityEvidence(
        doses=(*_days(() if isinstance(doses, int) else doses or ()), *_boosters(given)),
        dose_count=doses if isinstance(doses, int) else None,
        titres=_positive(given.get("titres"), diseases),
        confirmed=diseases if history.startswith(LABORATORY) else frozenset(),
        diagnosed=diseases if history.startswith(PROVIDER) else frozenset(),
        anti_hbs=None if anti_hbs is None else _measured(str(anti_hbs)),
        has_tdap=bool(given.get("tdap")) or "tdap" in str(doses).casefold() or _are_of_the_item(given),
        is_presumed=_year(given) < PRESUMED_BEFORE,
        blood_negative=_negative(given.get("igra")),
        skin_negatives=tuple(_skin(given.get("tst") or given.get("tsts") or ())),
        is_prior_positive=bool(given.get("prior_positive")),
        xray_clear=_negative(given.get("chest_xray") or given.get("xray")),
        symptom_free=_negative(given.get("symptoms") or given.get("symptom_screen")),
    )


def _are_of_the_item(given: Mapping[str, Any]) -> bool:
    """Whether its doses are dates alone: those of Tdap are of Tdap, as long as no other vaccine is named."""
    doses = given.get("doses")
    return given["item"] == "IMM-TDAP" and isinstance(doses, list) and any(isinstance(dose, str) for dose in doses)


def _word(text: Any) -> str:
    return str(text or "").strip().casefold().replace("-", "_").replace(" ", "_")


def _measured(text: str) -> Decimal:
    """A laboratory writes a value beyond what it can measure as >1000 or <3; the latter lies below it."""
    value = Decimal(text.strip().lstrip("<>=≥≤ "))
    return value.next_minus() if text.strip().startswith("<") and "=" not in text else value


def _boosters(given: Mapping[str, Any]) -> Iterable[date]:
    """Td and Tdap by their own names."""
    return _days(text for name in ("tdap", "td", "last_td") if isinstance(text := given.get(name), str))


def _negative(result: Any) -> bool | None:
    return None if result is None else str(result).casefold() in NEGATIVE


def _skin(tests: Iterable[Any]) -> Iterable[date]:
    """The days on which negative tests were placed: under 10 mm in health-care personnel (CDC)."""
    for test in tests:
        shown = test if isinstance(test, Mapping) else {"placed": test}
        placed = str(shown.get("placed") or shown.get("date") or "")
        is_negative = shown.get("mm", 0) < INDURATION_MM and str(shown.get("result", "negative")).casefold() in NEGATIVE
        if is_negative and placed[:4].isdigit():
            yield date.fromisoformat(placed[:10])


def _days(doses: Iterable[Any]) -> Iterable[date]:
    for dose in doses:
        text = dose if isinstance(dose, str) else dose.get("date", "")
        if text[:4].isdigit():
            yield date.fromisoformat(text[:10])


def _positive(titres: Any, diseases: frozenset[str]) -> frozenset[str]:
    """By disease with its result, as a list of those that are positive, or one result for all."""
    if isinstance(titres, Mapping):
        return frozenset(_word(name) for name, result in titres.items() if _word(result) in POSITIVE)
    if isinstance(titres, str | bool):
        return diseases if str(titres).casefold() in POSITIVE else frozenset()
    return frozenset(titres or ())


def _year(given: Mapping[str, Any]) -> int:
    born = given.get("birth_year") or given.get("born") or given.get("birth_date") or given.get("dob")
    return int(str(born)[:4]) if born else PRESUMED_BEFORE
