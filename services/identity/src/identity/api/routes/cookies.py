"""The cookies of signing in."""

from typing import Final

from shared.http.cookies import Kept

HALF_A_YEAR: Final = 180 * 24 * 3600
MINUTES: Final = 600


class Cookie:
    """What a browser keeps for identity."""

    SESSION: Final = Kept("firstshift_session")
    PENDING: Final = Kept("firstshift_pending", MINUTES)
    DEVICE: Final = Kept("firstshift_device", HALF_A_YEAR)
    OUTSIDE: Final = Kept("firstshift_outside", MINUTES)
