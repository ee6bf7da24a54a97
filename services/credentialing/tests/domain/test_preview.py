"""What terms would mean, before anybody agrees to them."""

from dataclasses import replace
from datetime import date, timedelta

from credentialing.domain.clearance import settle
from credentialing.domain.preview import Known, preview
from services.credentialing.tests.builders import (
    CLINICIAN,
    END,
    NOW,
    START,
    TODAY,
    held_for,
    some_facility,
    some_file,
    some_terms,
)
from shared.contracts.previews import Preview, PreviewRequest

EVERYTHING = held_for()
ALL = len(EVERYTHING)


def test_a_clinician_who_holds_everything_but_the_packet_can_start() -> None:
    asked = PreviewRequest(clinician_id=CLINICIAN, terms=some_terms())
    assert preview(asked, Known(facility=some_facility(), held=EVERYTHING), today=TODAY) == Preview(
        service="credentialing",
        expected_ready_on=TODAY + timedelta(days=1),
        effects=(f"{ALL} requirements, {ALL - 2} already met, 2 open.",),
    )


def test_a_clinician_without_a_licence_in_the_state_is_late() -> None:
    asked = PreviewRequest(clinician_id=CLINICIAN, terms=some_terms())
    known = Known(facility=some_facility(), held=held_for(but=["LIC-RN"]))
    said = preview(asked, known, today=TODAY)
    assert [(finding.pointer, finding.code) for finding in said.findings] == [("/terms/start_date", "credential_late")]
    assert "2026-12-08" in said.findings[0].message
    assert said.expected_ready_on == date(2026, 12, 8)


def test_an_extension_says_what_expires_and_that_the_clearance_goes() -> None:
    file = settle(some_file(EVERYTHING), NOW).file
    asked = PreviewRequest(
        clinician_id=CLINICIAN, assignment_id=file.assignment_id, terms=some_terms(end_date=date(2028, 3, 1))
    )
    said = preview(asked, Known(facility=some_facility(), held=EVERYTHING, file=file), today=TODAY)
    assert {(finding.pointer, finding.code) for finding in said.findings} == {
        ("/terms/end_date", "credential_expires_before_end"),
        ("/terms/start_date", "confidential_items_late"),
    }
    assert said.effects == (
        f"{ALL} requirements, {ALL - 6} already met, 6 open.",
        "6 met so far, to be met again.",
        "The clearance would be revoked until they are met.",
    )


def test_a_preview_names_no_health_item() -> None:
    file = some_file(EVERYTHING)
    pushed = some_terms(start_date=START + timedelta(days=14), end_date=END + timedelta(days=14))
    asked = PreviewRequest(clinician_id=CLINICIAN, assignment_id=file.assignment_id, terms=pushed)
    said = preview(asked, Known(facility=some_facility(), held=EVERYTHING, file=file), today=TODAY)
    assert "drug" not in str(said).lower()
    assert said.findings[-1].message == "1 health, background or I-9 items are not ready by the start."


def test_a_preview_changes_nothing() -> None:
    file = some_file(EVERYTHING)
    kept = replace(file)
    asked = PreviewRequest(clinician_id=CLINICIAN, terms=some_terms(unit="TELE"))
    preview(asked, Known(facility=some_facility(), held=EVERYTHING, file=file), today=TODAY)
    assert file == kept
