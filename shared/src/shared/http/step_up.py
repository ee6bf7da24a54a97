"""What only somebody may do who signed in just now: an unattended screen, or a stolen token, is not enough."""

import time

from shared.access.errors import FreshSignInNeeded
from shared.principal import Principal

FRESH_MINUTES = 15


def require_fresh_sign_in(principal: Principal) -> None:
    """Raises FreshSignInNeeded unless the person signed in within the last 15 minutes of real time (RFC 9470)."""
    signed_in = principal.authenticated_at
    if signed_in is None or time.time() - signed_in.timestamp() > FRESH_MINUTES * 60:
        raise FreshSignInNeeded(minutes=FRESH_MINUTES, seconds=FRESH_MINUTES * 60)
