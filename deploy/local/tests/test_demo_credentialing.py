"""What the demo adds to credentialing fits its people and their assignments, and its papers are real files."""

import csv
import re
from datetime import date, timedelta

from firstshift import demo_credentialing as demo
from firstshift.demo_exclusions import NOBODY, leie
from firstshift.demo_offers import Goal, Plan, plans
from firstshift.demo_papers import JPEG, PDF, page, photograph
from firstshift.demo_people import clinicians
from firstshift.demo_rows import rows

MONDAY = date(2026, 3, 2)


def plan_of(reference: str) -> Plan:
    return next(plan for plan in plans() if plan.reference == reference)


def test_a_page_is_a_pdf_whose_table_leads_to_each_of_its_parts() -> None:
    content = page("card", "Basic (adult) life support").content
    table = int(re.search(rb"startxref\n(\d+)", content)[1])  # type: ignore[index]
    begins = [int(found) for found in re.findall(rb"(\d{10}) 00000 n", content[table:])]
    assert [content[begin:].split(b" ")[0] for begin in begins] == [b"1", b"2", b"3", b"4", b"5"]
    assert rb"(Basic \(adult\) life support) Tj" in content
    length = int(re.search(rb"/Length (\d+)", content)[1])  # type: ignore[index]
    assert content.split(b"stream\n")[1][:length].endswith(b"\nET")


def test_a_photograph_is_a_jpeg() -> None:
    assert photograph("card").content.startswith(b"\xff\xd8\xff")


def test_a_claim_with_a_paper_says_what_the_paper_says() -> None:
    shown = {"issued_on": "2026-02-28", "expires_on": "2028-02-27", "number": "12345677"}
    paper = demo.paper_of("O-5009", "LIC-RN", shown)
    assert paper is not None and paper.media_type == PDF
    for said in ("Tobias Nakagawa", "02/28/2026", "02/27/2028", "12345677", "not valid anywhere"):
        assert said.encode() in paper.content
    scan = demo.paper_of("O-5017", "HLTH-FIT", shown)
    assert scan is not None and scan.media_type == JPEG
    assert demo.paper_of("O-5009", "TRN-HIPAA", shown) is None


def test_papers_belong_to_assignments_whose_credentials_come_in() -> None:
    offers = [cells[0] for cells in rows(demo.PAPERS)]
    assert all(plan_of(offer).goal >= Goal.BEGUN for offer in offers)
    assert plan_of(demo.UNREAD[0]).goal is Goal.ACCEPTED, "nobody has read anything there yet"


def test_the_short_licence_runs_out_inside_an_assignment_that_is_not_cleared_yet() -> None:
    plan = plan_of(demo.SHORT[0])
    assert demo.left_alone(plan.reference) == {demo.SHORT[1]} and not demo.left_alone("O-5011")
    assert timedelta(days=demo.LASTS_DAYS) < timedelta(weeks=plan.weeks)
    assert plan.goal < Goal.CLEARED and plan.start_on(MONDAY) > MONDAY


def test_the_facility_with_a_packet_of_its_own_has_assignments_on_the_way() -> None:
    goals = [plan.goal for plan in plans() if plan.facility == demo.ADOPTER]
    assert goals and max(goals) < Goal.CLEARED


def test_the_list_has_the_columns_of_the_real_file_and_one_namesake_with_an_open_assignment() -> None:
    header, *listed = csv.reader(leie().decode().splitlines())
    assert len(header) == 18 and {len(row) for row in listed} == {18}
    assert {row[7] for row in listed} == {NOBODY}
    names = {f"{row[1]} {row[0]}".title() for row in listed}
    called = [reference for reference, body in clinicians().items() if body["name"] in names]
    assert [plan.goal for plan in plans() if plan.clinician in called] == [Goal.ACCEPTED]
