"""What screens, tokens and other callers read; nothing here changes anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from identity.domain.agency_settings import AgencySettings
from identity.domain.api_client import ApiClient
from identity.domain.bootstrap import require_open
from identity.domain.erasure import Erasure
from identity.domain.errors import InvitationNotValid
from identity.domain.factors import Factors
from identity.domain.grant import Grant
from identity.domain.link import Link
from identity.domain.person import Person
from identity.domain.signing_key import SigningKey, current
from identity.storage import (
    agency,
    api_clients,
    bootstrap_codes,
    erasures,
    grants,
    invitations,
    links,
    people,
    signing_keys,
)
from identity.storage.real_time import real_now
from shared.access.secret_texts import secret_hash
from shared.db.work import Work
from shared.errors import Unavailable
from shared.http.pages import Found, PageRequest, fetch_page

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Which people; None asks nothing. `search` begins the name or the address."""

    search: str | None = None
    is_active: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """An API client, and the day (UTC) of its last sign-in."""

    client: ApiClient
    last_used_on: date | None


async def people_page(work: Work, wanted: PeopleFilter, *, paging: PageRequest) -> Found[Person]:
    """One page of people by name. Raises CursorDamaged."""
    statement = people.listed(search=wanted.search, is_active=wanted.is_active)
    return _read(await fetch_page(work.session, statement, by=people.BY_NAME, paging=paging), people.value)


async def person_by_id(work: Work, person_id: str) -> Person:
    """One person. Raises NotFound."""
    return await people.to_read(work.session, person_id)


async def own_factors(work: Work, person_id: str) -> Factors:
    """What a person proves themselves by, to check a password against."""
    return await people.factors_to_read(work.session, person_id)


async def invited_person(work: Work, code: str) -> Person:
    """Whom a valid invitation is for. Raises InvitationNotValid."""
    now = await real_now(work.session)
    person_id = await invitations.person_invited(work.session, secret_hash(code), now=now)
    if person_id is None:
        raise InvitationNotValid
    return await people.to_read(work.session, person_id)


async def person_by_outside(work: Work, issuer: str, *, subject: str) -> str | None:
    """The id of the person who signs in by this identity of an outside provider; None for a stranger."""
    return await people.person_by_outside(work.session, issuer, subject=subject)


async def published_keys(work: Work) -> Sequence[SigningKey]:
    """Every key that tokens are checked with."""
    return await signing_keys.every(work.session)


async def signing_key(work: Work) -> SigningKey:
    """The key that signs now. Raises Unavailable before the first was made."""
    key = current(await signing_keys.every(work.session))
    if key is None:
        raise Unavailable("there is no signing key yet")
    return key


async def clients_page(work: Work, *, is_active: bool | None, paging: PageRequest) -> Found[Any]:
    """One page of API clients by name, as lines. Raises CursorDamaged."""
    statement = api_clients.listed(is_active=is_active)
    return await fetch_page(work.session, statement, by=api_clients.BY_NAME, paging=paging)


async def client_by_id(work: Work, client_id: str) -> ClientView:
    """One API client. Raises NotFound."""
    return await client_view(work, await api_clients.to_read(work.session, client_id))


async def client_view(work: Work, client: ApiClient) -> ClientView:
    """The client as it is shown."""
    return ClientView(client=client, last_used_on=await api_clients.last_used_on(work.session, client.client_id))


async def links_page(
    work: Work, *, clinician_id: str | None, facility_id: str | None, paging: PageRequest
) -> Found[Link]:
    """One page of links by the instant at which they expire. Raises CursorDamaged."""
    statement = links.listed(clinician_id=clinician_id, facility_id=facility_id)
    return _read(await fetch_page(work.session, statement, by=links.BY_EXPIRY, paging=paging), links.value)


async def link_by_id(work: Work, link_id: str) -> Link:
    """One link. Raises NotFound."""
    return await links.to_read(work.session, link_id)


async def grants_page(work: Work, *, person_id: str | None, is_live: bool | None, paging: PageRequest) -> Found[Grant]:
    """One page of grants by their end. Raises CursorDamaged."""
    statement = grants.listed(person_id=person_id, is_live=is_live, now=await real_now(work.session))
    return _read(await fetch_page(work.session, statement, by=grants.BY_END, paging=paging), grants.value)


async def grant_by_id(work: Work, grant_id: str) -> Grant:
    """One grant. Raises NotFound."""
    return await grants.to_read(work.session, grant_id)


async def erasures_page(work: Work, *, is_confirmed: bool | None, paging: PageRequest) -> Found[Erasure]:
    """One page of erasures, oldest first. Raises CursorDamaged."""
    statement = erasures.listed(is_confirmed=is_confirmed)
    return _read(await fetch_page(work.session, statement, by=erasures.BY_ID, paging=paging), erasures.value)


async def erasure_by_id(work: Work, erasure_id: str) -> Erasure:
    """One erasure. Raises NotFound."""
    return await erasures.to_read(work.session, erasure_id)


async def settings_now(work: Work) -> AgencySettings:
    """The agency's settings; the defaults before anybody changed them."""
    return await agency.to_read(work.session)


def _read(found: Found[Any], value: Callable[[int, str], T]) -> Found[T]:
    """The values of the rows."""
    rows = [value(row.version, row.body) for row in found.rows]
    return Found(rows=rows, next_cursor=found.next_cursor)


async def require_bootstrap_open(work: Work, digest: str) -> None:
    """Raises AdministratorExists, BootstrapCodeWrong: asked before a password is hashed, which is dear."""
    administrators = await people.administrators(work.session)
    code = await bootstrap_codes.to_read(work.session)
    require_open(code, digest, administrators=administrators, now=await real_now(work.session))
