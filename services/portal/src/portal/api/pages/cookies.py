"""The portal's cookies."""

from typing import Final

from shared.http.cookies import Kept

MINUTES: Final = 600


class Cookie:
    """What a browser keeps for the portal."""

    SESSION: Final = Kept("portal_session")
    PENDING: Final = Kept("portal_pending", MINUTES)
    LINK: Final = Kept("portal_link")
