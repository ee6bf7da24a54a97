"""Tokens of the local issuer."""

import stat

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError
from joserfc.jwk import KeySet

from firstshift.errors import CannotRun
from firstshift.home import Home, read_json
from firstshift.tokens import ROLES, public_keys, sign_token


def published(home: Home) -> KeySet:
    return KeySet.import_key_set(read_json(public_keys(home)))  # type: ignore[arg-type]


def test_a_token_verifies_against_the_published_keys_and_says_who_may_do_what(home: Home) -> None:
    token = sign_token(home, roles=["recruiter", "lead"], subject="maria", minutes=7)

    decoded = jwt.decode(token, published(home), algorithms=["Ed25519"])

    claims = decoded.claims
    jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": "firstshift-local"}, aud={"essential": True, "value": "firstshift"}
    ).validate(claims)
    assert claims["sub"] == "maria"
    assert claims["roles"] == ["recruiter", "lead"]
    assert claims["exp"] - claims["iat"] == 7 * 60
    assert claims["nbf"] == claims["iat"]
    assert claims["auth_time"] == claims["iat"]
    assert claims["jti"]


def test_another_machines_token_is_not_accepted(home: Home) -> None:
    other = Home(home.root.parent / "other")
    other.prepare()

    with pytest.raises((BadSignatureError, InvalidKeyIdError)):
        jwt.decode(sign_token(other, roles=["lead"]), published(home), algorithms=["Ed25519"])


def test_the_key_pair_is_made_once_and_the_public_file_holds_no_secret(home: Home) -> None:
    first = public_keys(home).read_text()
    sign_token(home, roles=["lead"])

    assert public_keys(home).read_text() == first
    assert '"d"' not in first
    assert stat.S_IMODE((home.keys / "issuer.private.json").stat().st_mode) == 0o600


def test_an_unknown_role_is_refused_with_the_list_of_roles(home: Home) -> None:
    with pytest.raises(CannotRun) as refused:
        sign_token(home, roles=["recruiter", "king"])

    assert refused.value.problem == "There is no role king."
    assert all(role in refused.value.fix for role in ROLES)
