"""What the portal refuses about signing in.

Refused
├── ForeignPage             a form that another site sent
└── SignInNotBegun          somebody comes back who never left
Unavailable
└── IdentityAway            whoever signs people in does not answer
"""

from typing import Final

from shared.errors import Kind, Refused, Unavailable

IDENTITY: Final = "identity"


class ForeignPage(Refused):
    """This was not sent from a page of the portal, so nothing was done.

    Open the page in the portal itself and send it from there. A browser says where a form comes from; what says
    nothing, or another site, is refused.
    """

    code = "foreign_page"
    kind = Kind.FORBIDDEN


class SignInNotBegun(Refused):
    """This sign-in was not begun in this browser, or it took longer than ten minutes.

    Begin again with the link below.
    """

    code = "sign_in_not_begun"
    kind = Kind.CONFLICT


class IdentityAway(Unavailable):
    """Identity, which signs people in, does not answer; sessions are kept until it does."""
