"""A table of credentials from another system: what it may look like, and every fault of it by row and column."""

import pytest

from services.credentialing.tests.builders import some_facility, some_offer
from services.credentialing.tests.clients import papers
from services.credentialing.tests.consumers.test_consumers import stored
from shared.ids import new_uuid

SPECIALIST = "credentialing_specialist"
TABLE = "/v1/clinicians/cln_ana/profile/table:import?sender=Northwind"
HEADER = "item,number,issuer,state,issued_on,expires_on,verified_by,verified_on,source"
CARD = "CERT-BLS,245012345678,AHA,,2026-01-05,2027-12-31,Jo of Northwind,2026-10-01,AHA"
SCOPED = "item,state,scope,issued_on,expires_on"
LICENCE = "LIC-RN,RN.0012345,,CO,2025-06-01,2027-05-31,,,"


@pytest.fixture(autouse=True)
async def ana(house, clock):
    """The clinician with a file."""
    clock.instant = clock.instant.replace(year=2026, month=11, day=2)
    await house.say(papers.ana(), some_facility(), some_offer())


@pytest.fixture
def take(api):
    """Sends a table."""

    async def sent(content: bytes | str, *, query: str = "", role: str = SPECIALIST):
        headers = {"Authorization": f"Bearer {api.issuer.token(role)}", "Content-Type": "text/csv"}
        key = {} if "validate_only" in query else {"Idempotency-Key": str(new_uuid())}
        raw = content.encode() if isinstance(content, str) else content
        return await api.client.post(f"{TABLE}{query}", content=raw, headers=headers | key)

    return sent


def table(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join((header, *rows, ""))


async def test_what_a_table_says_is_received_with_who_verified_it_and_confirms_nothing(api, works, take):
    taken = await take(table(CARD, LICENCE, CARD, "NO-SUCH,,,,2026-01-05,,,,"))
    assert taken.status_code == 200, taken.text
    assert [(one["place"], one["fate"], one["because"]) for one in taken.json()["lines"]] == [
        *((0, "taken", None), (1, "taken", None)),
        *((2, "known", "held_already"), (3, "refused", "item_unknown")),
    ]
    assert taken.json()["doubts"] == []
    file = await stored(works)
    assert (file.item("CERT-BLS").status, file.item("LIC-RN").status) == ("received", "received")
    (said,) = (await api.get("/v1/clinicians/cln_ana/assertions", role=SPECIALIST)).json()["items"]
    assert (said["sender"], said["source"], said["verified_by"], said["verified_at"], said["is_issuer"]) == (
        *("Northwind", "AHA", "Jo of Northwind", "2026-10-01T12:00:00Z"),
        True,
    )


@pytest.mark.parametrize(
    ("item", "said", "kept"),
    [
        ("LIC-RN", "multistate", "multistate"),
        ("LIC-LPN", "Multistate", "multistate"),
        ("LIC-PT", "compact privilege", "compact_privilege"),
        ("LIC-RN", "single_state", "single_state"),
        ("LIC-RN", "", "single_state"),
    ],
)
async def test_a_licence_comes_in_with_where_it_is_good(api, take, item, said, kept):
    licence = f"{item},RN.0012345,CO,{said},2025-06-01,2027-05-31"
    taken = await take(table(licence, header="item,number,state,scope,issued_on,expires_on"))
    assert (taken.status_code, taken.json().get("taken")) == (200, 1), taken.text
    profile = (await api.get("/v1/clinicians/cln_ana/profile", role=SPECIALIST)).json()
    (held,) = profile["entry"][0]["resource"]["qualification"]
    assert (held["licence"]["state"], held["licence"]["scope"]) == ("CO", kept)


async def test_where_a_licence_is_good_is_refused_with_what_to_do(take):
    rows = ("LIC-RN,CO,multi-state", "CERT-BLS,,multistate", "LIC-PT,CO,multistate", "LIC-RN,CO,compact_privilege")
    refused = await take(table(*(f"{row},2025-06-01,2027-05-31" for row in rows), header=SCOPED))
    assert (refused.status_code, [one["message"] for one in refused.json()["errors"]]) == (
        422,
        [
            "Row 2, column scope is none of: single_state, multistate, compact_privilege."
            " Leave it empty for a licence of one state.",
            "Row 3, column scope is to be empty: this item is no licence.",
            "Row 4, column scope does not fit: only licences of registered and practical nurses are multistate.",
            "Row 5, column scope does not fit: no compact gives privileges for this item.",
        ],
    )
    assert [one["pointer"] for one in refused.json()["errors"]] == [f"/rows/{number}/scope" for number in range(2, 6)]


async def test_a_preview_says_the_same_and_takes_nothing(works, take):
    shown = await take(table(CARD), query="&validate_only=true")
    assert (shown.status_code, shown.json()["taken"]) == (200, 1)
    assert (await stored(works)).item("CERT-BLS").status == "missing"


@pytest.mark.parametrize(
    ("case", "content"),
    [
        ("as Excel writes UTF-8", b"\xef\xbb\xbf" + table(CARD).encode()),
        ("with semicolons", table(CARD).replace(",", ";").encode()),
        ("told which separator", b"sep=;\r\n" + table(CARD).replace(",", ";").encode()),
        ("with tabs and line feeds", table(CARD).replace(",", "\t").replace("\r\n", "\n").encode()),
        ("quoted", ('"' + table(CARD).replace(",", '","').replace("\r\n", '"\r\n"')[:-1]).encode()),
        ("as text by a formula", table(CARD.replace("245012345678", '"=""245012345678"""')).encode()),
        (
            "with columns in another order and empty rows",
            b"Issued on,expires_on,ITEM,number,issuer\n\n,,,,\n2026-01-05,2027-12-31,CERT-BLS,245012345678,AHA\n,,,,\n",
        ),
    ],
)
async def test_tables_are_taken_as_spreadsheets_write_them(api, take, case, content):
    taken = await take(content)
    assert (taken.status_code, taken.json().get("taken")) == (200, 1), (case, taken.text)
    profile = (await api.get("/v1/clinicians/cln_ana/profile", role=SPECIALIST)).json()
    (held,) = profile["entry"][0]["resource"]["qualification"]
    assert [one["value"] for one in held["identifier"]] == ["245012345678"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("0012345", "0012345"), ("=1+1", "=1+1"), ("@SUM(A1)", "@SUM(A1)"), ("-12", "-12"), ('"1,234"', "1,234")],
)
async def test_a_cell_stays_the_text_that_it_is(api, take, text, kept):
    taken = await take(table(CARD.replace("245012345678", text)))
    assert taken.status_code == 200, taken.text
    profile = (await api.get("/v1/clinicians/cln_ana/profile", role=SPECIALIST)).json()
    assert profile["entry"][0]["resource"]["qualification"][0]["identifier"][0]["value"] == kept


@pytest.mark.parametrize(
    ("case", "content", "words"),
    [
        ("a workbook", b"PK\3\4" + bytes(200), "it is a workbook, not a CSV file"),
        ("UTF-16", table(CARD).encode("utf-16"), "its letters are written as UTF-16"),
        ("Windows letters", table(CARD.replace("Jo", "José")).encode("cp1252"), "not written as UTF-8"),
        ("nothing", b"\r\n", "it is empty"),
        ("a quotation mark left open", table('CERT-BLS,"12').encode(), "line 2 has a quotation mark"),
        ("no text", table(CARD).encode() + b"\0", "it is no text"),
    ],
)
async def test_what_is_no_table_is_refused_in_words(take, case, content, words):
    refused = await take(content)
    assert (refused.status_code, refused.json()["code"]) == (422, "table_unreadable"), case
    assert words in refused.json()["detail"]


@pytest.mark.parametrize(
    ("case", "content", "found"),
    [
        ("a column of none", table(CARD + ",x", header=HEADER + ",Social"), [("/header/9", "column_unknown")]),
        ("a column twice", table(CARD, header=HEADER.replace("state", "number")), [("/header/3", "column_twice")]),
        (
            "none of ours",
            table("a,b", header="Name,Kind"),
            [
                *(("/header/0", "column_unknown"), ("/header/1", "column_unknown")),
                *(("/header", "column_missing"), ("/header", "column_missing")),
            ],
        ),
        ("no rows", table(), [("/rows", "no_rows")]),
        ("too many rows", table(*[CARD] * 501), [("/rows", "too_many_rows")]),
        (
            "faults in several rows",
            table(
                CARD,
                CARD.replace("2026-01-05", "1/5/2026").replace("245012345678", "2.45012E+11"),
                "",
                ",1,,,2026-01-05,,,,",
                LICENCE.replace("CO", "Colorado"),
                LICENCE.replace("CO", ""),
                CARD.replace("AHA,,", "AHA,CO,"),
                CARD.replace(",2026-10-01", ","),
                CARD + ",one more",
                CARD.replace("2026-01-05", "2026-02-30"),
            ),
            [
                *(("/rows/3/number", "number_shortened"), ("/rows/3/issued_on", "not_a_day")),
                ("/rows/5/item", "cell_missing"),
                ("/rows/6/state", "not_a_state"),
                ("/rows/7/state", "cell_missing"),
                ("/rows/8/state", "state_not_asked"),
                ("/rows/9/verified_on", "cell_missing"),
                ("/rows/10", "too_many_cells"),
                ("/rows/11/issued_on", "not_a_day"),
            ],
        ),
    ],
)
async def test_every_fault_is_named_by_row_and_column_and_nothing_is_taken(api, take, case, content, found):
    refused = await take(content)
    told = refused.json()
    assert (refused.status_code, [(one["pointer"], one["code"]) for one in told["errors"]]) == (422, found), case
    profile = (await api.get("/v1/clinicians/cln_ana/profile", role=SPECIALIST)).json()
    assert profile["entry"][0]["resource"].get("qualification", []) == []


async def test_a_fault_says_where_it_is_and_what_to_do(take):
    (fault,) = (await take(table(CARD.replace("2027-12-31", "12/31/2027")))).json()["errors"]
    assert fault["message"] == (
        "Row 2, column expires_on is no day. Write it as 2026-01-31; format the column as text."
    )


async def test_what_was_verified_tomorrow_is_refused(take):
    (line,) = (await take(table(CARD.replace("2026-10-01", "2026-12-01")))).json()["lines"]
    assert (line["fate"], line["because"]) == ("refused", "verified_in_future")


async def test_coordinators_take_no_table_in_and_nobody_one_of_an_unknown(api, take):
    assert (await take(table(CARD), role="coordinator")).status_code == 403
    headers = {"Authorization": f"Bearer {api.issuer.token(SPECIALIST)}", "Idempotency-Key": "1"}
    unknown = await api.client.post(TABLE.replace("ana", "nobody"), content=table(CARD), headers=headers)
    assert unknown.status_code == 404
