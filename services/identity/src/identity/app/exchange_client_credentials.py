"""An API client signs in with its secret (RFC 6749, 4.4)."""

import re

from identity.clients.addresses import is_within
from identity.clients.mint import is_among, is_well_formed
from identity.domain.api_client import ApiClient, access_by, granted_scopes, live_secrets
from identity.domain.oauth import INVALID_CLIENT, Denied, Granted, TokenRequest
from identity.storage import api_clients
from identity.storage.real_time import real_now
from shared.access.secret_texts import secret_hash
from shared.db.work import Work

_CLIENT_ID = re.compile(r"apc_[0-9a-z]{26}")

INVALID_SCOPE = Denied(error="invalid_scope", description="A scope that is asked for is not this client's.")


async def exchange_client_credentials(work: Work, asked: TokenRequest) -> Granted | Denied:
    """What the client may do; an unknown client, a wrong secret and a wrong network are denied alike."""
    client = await _proven(work, asked)
    if client is None or (client.networks and not is_within(asked.address, client.networks)):
        return INVALID_CLIENT
    scopes = granted_scopes(client, asked.field("scope").split())
    if scopes is None:
        return INVALID_SCOPE
    await api_clients.note_use(work.session, client.client_id, on=(await real_now(work.session)).date())
    return Granted(access=access_by(client, scopes))


async def _proven(work: Work, asked: TokenRequest) -> ApiClient | None:
    """The client whose live secret was given; the database is asked only about what looks like a secret of ours."""
    name, secret = asked.client_id or "", asked.client_secret or ""
    if not _CLIENT_ID.fullmatch(name) or not is_well_formed(secret):
        return None
    client, now = await api_clients.find(work.session, name), await real_now(work.session)
    digests = [known.digest for known in live_secrets(client, now)] if client else []
    return client if is_among(secret_hash(secret), digests) else None
