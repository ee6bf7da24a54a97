"""Where somebody may be sent once they signed in."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.domain.own_path import own_path

TRICKS = (
    "",
    "work",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\x00/evil.example",
    "https://evil.example",
    "https:evil.example",
    "HTTPS:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/work\r\nSet-Cookie: a=b",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e%2e//evil.example",
    "/%2E/",
    "evil.example/work",
    "@evil.example",
    "/／evil.example",  # a full-width slash
    "/wörk",
    "/" + "a" * 2000,
    "/sign-in?next=/work",
    "/signed-out",
    "/sign-out",
)


@pytest.mark.parametrize("wanted", TRICKS)
def test_what_leads_elsewhere_or_round_and_round_leads_to_the_start(wanted):
    assert own_path(wanted) == "/"


@pytest.mark.parametrize(
    "wanted", ["/", "/work", "/work?owner=me&q=a%20b", "/assignments/asg_1/timeline#e-2", "/work?next=//x", "/a:b@c"]
)
def test_a_page_of_the_portal_is_what_was_wanted(wanted):
    assert own_path(wanted) == wanted


@given(st.text(alphabet="/\\.:@%2eEhtps \t\n?#a", max_size=12))
@example("/%2e.")
def test_whatever_is_wanted_stays_on_this_host(wanted):
    given_path = own_path(wanted)
    assert given_path.startswith("/") and not given_path.startswith(("//", "/\\"))
    assert not set("\\\t\n\r ") & set(given_path)
