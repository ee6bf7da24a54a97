"""What becomes of packets in time: kept while their documents are, gone with them; templates that come with rules."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from credentialing.app.let_documents_go import let_documents_go
from credentialing.app.sweep_files import sweep_files
from services.credentialing.tests.api.packet_calls import (
    SEND,
    SPECIALIST,
    TEMPLATE,
    act,
    content,
    item,
    put_template,
)
from services.credentialing.tests.builders import ASSIGNMENT, some_facility
from shared.contracts.assignments import AssignmentEnded, State
from shared.principal import system

SITE = "fac_01m8095ps8e00rc1kcn27y03zh"
A_YEAR_LATER = timedelta(days=400)


@pytest.fixture
def desk(definition):
    return definition.resources["documents"]


def kept(folder: Path) -> int:
    """How many contents lie in the store."""
    return len(list(folder.rglob("kept/*/*")))


async def test_a_packet_loses_its_pdfs_with_the_documents_in_them_and_keeps_their_hashes(
    api, house, works, clock, desk, complete_file, build_packet, tmp_path
):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    assert kept(tmp_path) == 5
    ended = AssignmentEnded(
        assignment_id=ASSIGNMENT, terms_version=1, ended_on=date(2026, 11, 12), state=State.FELL_OFF, reason=None
    )
    await house.say(ended)
    clock.advance(A_YEAR_LATER)
    async with works.begin(system("credentialing")) as work:
        await let_documents_go(work, "cln_ana", desk=desk)
    assert kept(tmp_path) == 0
    gone = await content(api, path, packet)
    assert (gone.status_code, gone.json()["code"]) == (409, "packet_content_gone")
    shown = (await api.get(f"{path}/packets/{packet['packet_id']}", role=SPECIALIST)).json()
    assert shown["contents_gone_on"] == clock.now().date().isoformat()
    assert shown["files"][0]["sha256"] == packet["files"][0]["sha256"]
    assert shown["transmittals"][0]["hashes"] == [packet["files"][0]["sha256"]]


async def test_the_sweep_leaves_what_a_packet_has(api, works, desk, complete_file, build_packet, tmp_path):
    path = await complete_file()
    packet = await build_packet(path)
    async with works.begin(system("credentialing")) as work:
        removed = await sweep_files(work, desk=desk, untouched=timedelta(seconds=-60))
    assert removed == 0
    assert (await content(api, path, packet)).status_code == 200


async def test_a_packet_of_somebody_erased_meanwhile_is_not_built(api, works, desk, complete_file, packet_jobs):
    path = await complete_file()
    asked = await api.post(f"{path}/packets", {}, role=SPECIALIST)
    async with works.begin(system("credentialing")) as work:
        await desk.vault.destroy_keys(work, "cln_ana")
    await packet_jobs()
    assert (await api.get(asked.headers["location"], role=SPECIALIST)).json()["state"] == "failed"


async def test_two_packets_of_the_same_content_share_it_and_neither_takes_it_from_the_other(
    api, complete_file, build_packet, tmp_path
):
    path = await complete_file()
    first, second = await build_packet(path), await build_packet(path)
    assert kept(tmp_path) == 5
    assert (await content(api, path, first)).content == (await content(api, path, second)).content


async def test_the_published_packet_comes_with_its_rules_and_takes_nothing_of_the_facilitys_own(november, house, api):
    await house.say(some_facility(facility_id=SITE, state="PA"))
    adopt = {"facility_id": SITE, "effective_from": "2026-11-09"}
    assert (await api.post("/v1/rule-templates/st-lukes:adopt", adopt)).status_code == 200
    path = f"/v1/facilities/{SITE}/packet-template"
    template = (await api.get(path)).json()
    assert (template["number"], len(template["files"]), template["due_weekday"]) == (1, 4, "mon")
    assert template["decides"] == "client"
    assert (await put_template(api, TEMPLATE, version=1, path=path)).json()["number"] == 2
    await api.post("/v1/rule-templates/st-lukes:adopt", adopt)
    assert (await api.get(path)).json()["title"] == "Mesa General"
    versions = (await api.get(f"{path}/versions")).json()["versions"]
    assert [one["number"] for one in versions] == [1, 2]


async def test_a_template_is_written_over_the_version_that_was_seen(november, api):
    assert (await put_template(api, TEMPLATE)).json()["number"] == 1
    assert (await put_template(api, TEMPLATE, version=1)).json()["number"] == 1
    stale = await put_template(api, {**TEMPLATE, "title": "Other"})
    assert (stale.status_code, stale.json()["code"]) == (412, "version_mismatch")


async def test_a_packet_of_another_file_is_not_there(api, complete_file, build_packet):
    path = await complete_file()
    packet = await build_packet(path)
    other = "/v1/files/fil_other"
    assert (await content(api, other, packet)).status_code == 404
    assert (await act(api, other, packet, "send", SEND)).status_code == 404
    assert not (await item(api, path, "FAC-PACKET"))["is_met"]
