"""What the portal and identity are told of each other: the one sends people, the other sends them back."""

import json
from collections.abc import Mapping
from typing import Final

from firstshift.sign_in import RETURN_TO

PORTAL: Final = "portal"
IDENTITY: Final = "identity"
PORTAL_PORT: Final = 8400


def addresses_of_sign_in(service: str, urls: Mapping[str, str]) -> dict[str, str]:
    """The environment of this service as far as people sign in by it; nothing for the others.

    Identity sends codes to the portal that runs here and, for this machine's own commands, to an address whose answers
    they read on the way (`sign_in.py`).
    """
    if service == PORTAL:
        return _of_portal(urls)
    if service == IDENTITY and PORTAL in urls:
        portal = urls[PORTAL]
        return {
            "PORTAL_REDIRECT_URIS": json.dumps(list(dict.fromkeys((f"{portal}/signed-in", RETURN_TO)))),
            "PORTAL_SIGNED_OUT_URIS": json.dumps([f"{portal}/signed-out"]),
        }
    return {}


def _of_portal(urls: Mapping[str, str]) -> dict[str, str]:
    """It is among the services that it asks: events can be parked there, too."""
    told = {"PORTAL_ADDRESS": urls[PORTAL], "SERVICE_URLS": json.dumps(dict(urls))}
    return {**told, **({"IDENTITY_URL": urls[IDENTITY]} if IDENTITY in urls else {})}
