"""What the portal and identity are told of each other, and where the portal is found."""

import json
import stat

from firstshift.home import Home
from firstshift.portal import addresses_of_sign_in
from firstshift.services import usual_ports
from firstshift.sign_in import RETURN_TO

URLS = {
    "assignments": "http://127.0.0.1:8401",
    "identity": "http://127.0.0.1:8404",
    "portal": "http://127.0.0.1:9400",
}


def test_the_portal_has_a_port_of_its_own_and_the_others_keep_theirs() -> None:
    usual = {"assignments": 8401, "portal": 8400, "timekeeping": 8402}
    assert usual_ports(list(usual)) == usual


def test_identity_sends_codes_and_those_who_signed_out_to_where_the_portal_is() -> None:
    told = addresses_of_sign_in("identity", URLS)
    assert json.loads(told["PORTAL_REDIRECT_URIS"]) == ["http://127.0.0.1:9400/signed-in", RETURN_TO]
    assert json.loads(told["PORTAL_SIGNED_OUT_URIS"]) == ["http://127.0.0.1:9400/signed-out"]


def test_the_portal_knows_its_own_address_identitys_and_every_services() -> None:
    told = addresses_of_sign_in("portal", URLS)
    assert (told["PORTAL_ADDRESS"], told["IDENTITY_URL"]) == (URLS["portal"], URLS["identity"])
    assert json.loads(told["SERVICE_URLS"]) == {name: URLS[name] for name in URLS}


def test_other_services_and_an_identity_without_a_portal_are_told_nothing() -> None:
    assert addresses_of_sign_in("assignments", URLS) == {}
    assert addresses_of_sign_in("identity", {"identity": URLS["identity"]}) == {}


def test_the_key_of_sessions_is_made_once_for_its_owner_alone(home: Home) -> None:
    key = home.session_key()
    made = key.read_text()
    assert (home.session_key().read_text(), len(bytes.fromhex(made))) == (made, 32)
    assert made != home.audit_key().read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
