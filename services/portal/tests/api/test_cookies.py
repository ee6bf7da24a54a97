"""The names and flags of cookies."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages.cookies import Cookie
from shared.http.cookies import drop, hash_of, put, value_of


def asked(cookie):
    return Request({"type": "http", "headers": [(b"cookie", cookie.encode("latin-1"))]})


@pytest.mark.parametrize(("is_secure", "name"), [(True, "__Host-portal_session"), (False, "portal_session")])
def test_by_https_a_cookie_is_bound_to_the_host_and_its_name_says_so(is_secure, name):
    kept, dropped = Response(), Response()
    put(kept, Cookie.SESSION, value="a-secret", is_secure=is_secure)
    drop(dropped, Cookie.SESSION, is_secure=is_secure)
    for line in (kept.headers["set-cookie"], dropped.headers["set-cookie"]):
        assert line.startswith(f"{name}=")
        assert ("Secure" in line) is is_secure
        assert "HttpOnly" in line and "Path=/" in line and "SameSite=lax" in line and "Domain" not in line
    assert value_of(asked(f"{name}=a-secret"), Cookie.SESSION, is_secure=is_secure) == "a-secret"


def test_a_cookie_without_the_prefix_is_no_session_by_https():
    assert hash_of(asked("portal_session=a-secret"), Cookie.SESSION, is_secure=True) is None


@pytest.mark.parametrize("value", ["", "a" * 4001, "caf\xe9", "a\x01b"])
def test_what_was_never_ours_is_nothing(value):
    assert value_of(asked(f"portal_session={value}"), Cookie.SESSION, is_secure=False) is None
