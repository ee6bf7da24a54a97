"""The NPI registry (NPPES, API version 2.1): what its answer says about a number and the person it was given to.

Failures come with HTTP status 200 and `Errors`; nothing found is an empty list. Shapes drift: numbers as numbers or as
text, epochs in seconds or milliseconds, `gender` or `sex`, `name` or its parts. Licences in it are self-reported and
verify nothing.
Source: field facts, 4.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from credentialing.domain.sources.answer import (
    Answer,
    Confirmed,
    Facts,
    NotFound,
    Refuted,
    RequestError,
    Trouble,
    Unclear,
)
from credentialing.domain.sources.json_values import (
    Json,
    day_of,
    instant_of,
    record_of,
    records_of,
    text_of,
    whole_of,
)
from credentialing.domain.sources.names import agree

PAGE = "https://npiregistry.cms.hhs.gov/provider-view/"
"""Where a person looks the number up."""

INDIVIDUAL = "NPI-1"
ACTIVE = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One entry of the registry. `names` are the present one and all others it lists; `status` its own letter."""

    npi: str | None
    kind: str | None
    names: tuple[str, ...]
    status: str | None
    enumerated_on: date | None
    deactivated_on: date | None
    reactivated_on: date | None
    sex: str | None
    created_at: datetime | None
    updated_at: datetime | None

    @property
    def is_active(self) -> bool:
        """Whether the number is in use: marked so, and not taken out of use since."""
        is_out = self.deactivated_on is not None and (
            self.reactivated_on is None or self.reactivated_on < self.deactivated_on
        )
        return self.status == ACTIVE and not is_out


def read_nppes(status: int, body: object, *, number: str, name: str) -> Answer:
    """What the registry says of `number`, which the directory gives to `name`. `status` is the HTTP status."""
    failure = _failure(status, body)
    if failure is not None:
        return failure
    found = [provider_of(one) for one in records_of(record_of(body).get("results"))]
    if not found:
        return NotFound(why="The registry has no such number.", facts=Facts(url=PAGE + number))
    same = [one for one in found if one.npi == number]
    return _judged(same[0], name) if same else Trouble(why="The registry answered about another number.")


def provider_of(entry: Json) -> Provider:
    """The entry as we read it, whichever year's shape it has."""
    basic = record_of(entry.get("basic"))
    return Provider(
        npi=text_of(entry, "number"),
        kind=text_of(entry, "enumeration_type"),
        names=tuple(dict.fromkeys(_names(entry))),
        status=(text_of(basic, "status") or "").upper()[:1] or None,
        enumerated_on=day_of(basic, "enumeration_date"),
        deactivated_on=day_of(basic, "deactivation_date"),
        reactivated_on=day_of(basic, "reactivation_date"),
        sex=text_of(basic, "sex", "gender"),
        created_at=instant_of(entry, "created_epoch"),
        updated_at=instant_of(entry, "last_updated_epoch"),
    )


def _failure(status: int, body: object) -> Answer | None:
    if status == 429 or status >= 500:
        return Trouble(why=f"The registry answers with {status}.")
    record = record_of(body)
    errors = records_of(record.get("Errors") or record.get("errors"))
    if errors or status >= 400:
        said = (text_of(one, "description", "message") for one in errors)
        return RequestError(why="; ".join(filter(None, said)) or f"The registry refuses the question with {status}.")
    is_known = "results" in record or whole_of(record, "result_count", "resultCount") is not None
    return None if is_known else Trouble(why="The registry's answer has none of the fields that it had.")


def _judged(provider: Provider, name: str) -> Answer:
    facts = Facts(
        number=provider.npi,
        issued_on=provider.enumerated_on,
        status_text="active" if provider.is_active else f"not active ({provider.status or 'no status'})",
        url=PAGE + (provider.npi or ""),
    )
    if not provider.is_active:
        if provider.status is None and provider.deactivated_on is None:
            return Unclear(facts=facts, why="The registry does not say whether the number is in use.")
        return Refuted(facts=facts, why="The number was taken out of use.")
    if provider.kind is not None and provider.kind != INDIVIDUAL:
        return Refuted(facts=facts, why="The number is an organization's.")
    if not agree(name, provider.names):
        return Unclear(facts=facts, why="The registry has the number under another name.")
    return Confirmed(facts=facts)


def _names(entry: Json) -> Iterator[str]:
    """The present name and every other that the entry lists."""
    for record in (record_of(entry.get("basic")), *records_of(entry.get("other_names"))):
        parts = [text_of(record, part) for part in ("first_name", "middle_name", "last_name")]
        whole = " ".join(part for part in parts if part) or text_of(record, "name", "organization_name")
        if whole:
            yield whole
