"""Which use case answers which grant type at the token endpoint."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from identity.app.exchange_client_credentials import exchange_client_credentials
from identity.app.exchange_link import exchange_link
from identity.app.redeem_code import redeem_code
from identity.app.refresh_tokens import refresh_tokens
from identity.domain.oauth import Denied, Granted, TokenRequest
from shared.db.work import Work

Exchange = Callable[[Work, TokenRequest], Awaitable[Granted | Denied]]

GRANT_TYPES: Final[Mapping[str, Exchange]] = {
    "authorization_code": redeem_code,
    "refresh_token": refresh_tokens,
    "client_credentials": exchange_client_credentials,
    "urn:firstshift:grant-type:link": exchange_link,
}
