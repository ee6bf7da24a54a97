"""One's own settings."""

from services.portal.tests.api.signed_in import get_as
from services.portal.tests.builders import a_person


async def test_it_says_who_i_am_what_i_may_do_and_what_i_am_shown(house, api, issuer):
    await house.say(a_person(name="Tomas <b>Okafor</b>", team="north"))
    page = (await get_as(api, issuer, "/me")).text
    for words in ("Tomas &lt;b&gt;Okafor", "tomas.okafor-lind@example.com", "north", "America/Chicago", "Coordinator"):
        assert words in page
    assert "You are shown clinicians&#39; names and contacts, pay, bills and what is at stake." in page


async def test_a_specialist_is_told_what_is_not_shown_to_them(house, api, issuer):
    await house.say(a_person(roles=("timekeeping_specialist",)))
    page = (await get_as(api, issuer, "/me", role="timekeeping_specialist")).text
    assert "You are shown clinicians&#39; names and contacts." in page


async def test_a_grant_stands_there_with_its_end(api, issuer):
    grant = {"id": "grt_1", "role": "credentialing_specialist", "until": 4_000_000_000, "assignments": ["asg_1"]}
    page = (await get_as(api, issuer, "/me", role="virtual_specialist", grants=[grant])).text
    assert "Credentialing specialist" in page
    assert "1 assignments" not in page
    assert "for 1 assignment," in page


async def test_who_came_by_a_link_has_no_settings_here(api, issuer):
    assert (await get_as(api, issuer, "/me", role="clinician", clinician_id="cln_1")).status_code == 403
