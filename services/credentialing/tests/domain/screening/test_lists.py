"""Files of lists are read row by row, whatever is wrong with them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.screening import leie
from credentialing.domain.screening.dates import ImpossibleDate, day_of
from credentialing.domain.screening.entry import EntryKind
from credentialing.domain.screening.errors import HeaderChanged, ListUnknown
from credentialing.domain.screening.lists import LEIE, SAM, list_named
from credentialing.domain.screening.rows import records, split
from credentialing.domain.screening.sam import action_days, api_entry
from services.credentialing.tests.domain.screening.rows_of_lists import leie_fields, leie_file, leie_line

SAM_HEADER = (
    "Classification,Name,Prefix,First,Middle,Last,Suffix,State / Province,Unique Entity ID,Exclusion Program,"
    "Excluding Agency,Exclusion Type,Active Date,Termination Date,Record Status,NPI,Creation_Date"
).split(",")


def lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def test_a_row_becomes_an_entry():
    read = leie.read_row(leie_fields(MIDNAME="ANN", NPI="1234567893", WVRSTATE="OH", WAIVERDATE="20220101"), line=7)
    entry = read.entry
    assert entry
    assert (entry.line, entry.kind, entry.last, entry.first, entry.middle) == (
        *(7, EntryKind.INDIVIDUAL, "DELGADO", "MARIA", "ANN"),
    )
    assert (entry.npi, entry.birth_date, entry.excluded_on) == ("1234567893", date(1984, 3, 11), date(2021, 6, 20))
    assert (entry.waived_on, entry.waiver_state, entry.reinstated_on) == (date(2022, 1, 1), "OH", None)
    assert (entry.last_may_be_truncated, entry.first_may_be_truncated, read.findings) == (False, False, ())


@pytest.mark.parametrize(
    ("columns", "column", "code"),
    [
        ({"DOB": "19840230"}, "DOB", "date_impossible"),
        ({"DOB": "84-3-1"}, "DOB", "date_impossible"),
        ({"EXCLDATE": "00000000"}, "EXCLDATE", "date_missing"),
        ({"NPI": "1234567890"}, "NPI", "npi_not_valid"),
    ],
)
def test_a_fault_in_a_field_is_reported_and_the_row_still_counts(columns, column, code):
    read = leie.read_row(leie_fields(**columns), line=3)
    assert read.entry
    assert [(one.line, one.column, one.code) for one in read.findings] == [(3, column, code)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (leie_fields()[:17], "row_too_short"),
        ((*leie_fields(), "more"), "row_too_long"),
        (leie_fields(LASTNAME="", FIRSTNAME=""), "name_missing"),
        ((), "row_too_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_reported(fields, code):
    read = leie.read_row(fields, line=3)
    assert (read.entry, [one.code for one in read.findings]) == (None, [code])


def test_the_header_may_name_the_waiver_state_by_the_layout_or_the_file():
    leie.require_header(leie.HEADER)
    leie.require_header([*leie.HEADER[:-1], "WAIVERSTATE"])
    leie.require_header([name.lower() for name in leie.HEADER])


@pytest.mark.parametrize(
    ("header", "missing", "unexpected"),
    [
        ([*leie.HEADER[:-1], "STATE2"], "WVRSTATE", "STATE2"),
        (leie.HEADER[:-1], "WVRSTATE", "none, but in another order"),
        ([*leie.HEADER, "SSN"], "none", "SSN"),
        (["FIRSTNAME", "LASTNAME", *leie.HEADER[2:]], "none", "none, but in another order"),
        ([], ", ".join(leie.HEADER), "none, but in another order"),
    ],
)
def test_a_changed_header_is_refused_with_the_columns_named(header, missing, unexpected):
    with pytest.raises(HeaderChanged) as refused:
        leie.require_header(header)
    assert (refused.value.facts["missing"], refused.value.facts["unexpected"]) == (missing, unexpected)


def test_rows_survive_what_files_do_to_them():
    content = leie_file(
        leie_line(LASTNAME="PENA"),
        "",
        leie_line(BUSNAME='SMITH, JONES ""AND"" CO'),
        '"BROKEN,"MARIA"',
        leie_line(LASTNAME="AFTER"),
    )
    found = list(records(lines(b"\xef\xbb\xbf" + content.replace(b"PENA", b"PE\xd1A"))))
    assert [(one.line, one.fault) for one in found] == [
        (1, None),
        (2, None),
        (4, None),
        (5, "quote_not_closed"),
        (6, None),
    ]
    assert found[0].fields == leie.HEADER
    fields = [one.fields or () for one in found]
    assert (fields[1][0], fields[2][3], fields[4][0]) == ("PEÑA", 'SMITH, JONES "AND" CO', "AFTER")


def test_utf_8_and_latin_1_are_told_apart_line_by_line():
    found = list(records(["Peña,1\n".encode(), "Peña,2\n".encode("latin-1")]))
    assert [one.fields for one in found] == [("Peña", "1"), ("Peña", "2")]


def test_a_line_break_in_quotes_belongs_to_the_field():
    found = list(records([b'1,"two\n', b'lines",3\n', b"4,5,6\n"]))
    assert [(one.line, one.fields) for one in found] == [(1, ("1", "two\nlines", "3")), (3, ("4", "5", "6"))]


@given(st.lists(st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"])), min_size=1, max_size=6))
def test_what_was_written_in_quotes_is_read_again(fields):
    line = ",".join('"' + field.replace('"', '""') + '"' for field in fields)
    assert split(line) == tuple(field.strip() for field in fields)


@pytest.mark.parametrize("text", ["12-12-2011", "12/12/2011", "20111212", "2011-12-12", " 12/12/2011 "])
def test_a_day_is_read_in_each_of_its_spellings(text):
    assert day_of(text) == date(2011, 12, 12)


@pytest.mark.parametrize("text", [None, "", "00000000", "Indefinite", "N/A"])
def test_what_stands_for_no_day_is_none(text):
    assert day_of(text) is None


@pytest.mark.parametrize("text", ["13/13/2011", "2011", "19840000", "yesterday"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ImpossibleDate):
        day_of(text)


def test_an_extract_of_sam_is_read_whatever_the_order_of_its_columns():
    values = {
        "Classification": "Individual",
        "First": "MARIA",
        "Last": "DELGADO",
        "Excluding Agency": "HHS",
        "Active Date": "12/12/2011",
        "Termination Date": "Indefinite",
    }
    header = list(reversed(SAM_HEADER))
    entry = SAM.reader(header)([values.get(name, "") for name in header], line=2).entry
    assert entry
    assert (entry.kind, entry.last, entry.first, entry.overlaps) == (
        *(EntryKind.INDIVIDUAL, "DELGADO", "MARIA", "leie"),
    )
    assert (entry.excluded_on, entry.ends_on, entry.birth_date) == (date(2011, 12, 12), None, None)


def test_a_firm_of_sam_is_an_entity():
    values = {"Classification": "Firm", "Name": "SMITH LLC", "Active Date": "12/12/2011"}
    entry = SAM.reader(SAM_HEADER)([values.get(name, "") for name in SAM_HEADER], line=2).entry
    assert entry
    assert (entry.kind, entry.business) == (EntryKind.ENTITY, "SMITH LLC")


def test_a_record_of_the_sam_api_is_read_with_whatever_is_missing():
    record = {
        "exclusionDetails": {"classificationType": "Individual", "excludingAgencyCode": "DOJ"},
        "exclusionIdentification": {"firstName": "MARIA", "lastName": "DELGADO", "npi": None},
        "exclusionActions": {"listOfActions": [{"activateDate": "12-12-2011", "terminationDate": "06-30-2027"}]},
        "exclusionPrimaryAddress": None,
    }
    entry = api_entry(record, line=1)
    assert entry
    assert (entry.last, entry.excluded_on, entry.ends_on) == ("DELGADO", date(2011, 12, 12), date(2027, 6, 30))
    assert entry.overlaps is None
    assert api_entry({}, line=1) is None


ENDED = {"activateDate": "12-12-2011", "terminationDate": "06-30-2015"}
IN_FORCE = {"activateDate": "01-02-2020", "terminationDate": None, "terminationType": "Indefinite"}
RENEWED = {**IN_FORCE, "activateDate": "12-01-2026"}


@pytest.mark.parametrize(
    "actions", [[ENDED, IN_FORCE], [IN_FORCE, ENDED], [RENEWED, ENDED, IN_FORCE], [None, IN_FORCE, "x"], IN_FORCE]
)
def test_an_ended_action_of_sam_hides_none_that_is_in_force(actions):
    record = {"exclusionIdentification": {"lastName": "DELGADO"}, "exclusionActions": {"listOfActions": actions}}
    entry = api_entry(record, line=1)
    assert entry
    assert (entry.excluded_on, entry.ends_on) == (date(2020, 1, 2), None)


@pytest.mark.parametrize("actions", [None, [], {}, "x", [{}]])
def test_a_record_of_sam_without_actions_is_an_exclusion_without_days(actions):
    record = {"exclusionIdentification": {"lastName": "DELGADO"}, "exclusionActions": {"listOfActions": actions}}
    entry = api_entry(record, line=1)
    assert entry
    assert (entry.excluded_on, entry.ends_on) == (None, None)


def test_an_end_that_cannot_be_read_is_none_so_that_the_exclusion_counts():
    assert action_days({"activateDate": "12-12-2011", "terminationDate": "soon"}) == (date(2011, 12, 12), None)


def test_a_list_of_a_state_is_read_by_its_header():
    header = ["Provider Name", "NPI Number", "Exclusion Date", "Reinstatement Date"]
    entry = list_named("state-oh").reader(header)(["Delgado, Maria Ann", "", "6/20/2021", ""], line=2).entry
    assert entry
    assert (entry.last, entry.first, entry.middle, entry.excluded_on) == (
        *("Delgado", "Maria", "Ann", date(2021, 6, 20)),
    )


def test_a_list_of_a_state_without_a_name_or_a_date_is_refused():
    with pytest.raises(HeaderChanged):
        list_named("state-oh").reader(["NPI", "Exclusion Date"])


@pytest.mark.parametrize("name", ["oig", "state-zz", "state-OH", "LEIE", ""])
def test_a_list_that_is_not_kept_is_refused(name):
    with pytest.raises(ListUnknown):
        list_named(name)


def test_each_list_answers_for_its_requirement():
    assert [list_named(name).code for name in ("leie", "sam", "state-oh")] == ["EXC-LEIE", "EXC-SAM", "EXC-STATE"]
    assert LEIE.state is None
