"""The body by which the first administrator comes in."""

from identity.api.schemas.people import Code, Email, Password
from identity.api.schemas.words import Name, shown
from shared.http.bodies import RequestBody


class BootstrapIn(RequestBody):
    """The code that `python -m identity bootstrap` printed, and who it is."""

    model_config = shown(
        {
            "code": "Zk9…",
            "email": "ada.linden@agency.example",
            "name": "Ada Linden",
            "password": "a long sentence of several words",
        }
    )

    code: Code
    email: Email
    name: Name
    password: Password
