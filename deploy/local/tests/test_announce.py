"""What a newcomer is shown at the end."""

import json
import shlex
from collections.abc import Sequence
from datetime import date
from io import StringIO

from rich.console import Console

from firstshift.announce import announce, offer_curl

URLS = {
    "assignments": "http://127.0.0.1:8401",
    "identity": "http://127.0.0.1:8403",
    "payroll": "http://127.0.0.1:8404",
}


def shown(*, has_demo: bool, may_ask: bool = True, portal: str = "", stops: Sequence[tuple[str, str]] = ()) -> str:
    console = Console(file=StringIO(), soft_wrap=True)
    urls = URLS | ({"portal": portal} if portal else {})
    announce(console, urls, has_demo=has_demo, may_ask=may_ask, stops=stops)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_every_service_is_named_with_its_address_and_how_to_stop_comes_last() -> None:
    text = shown(has_demo=False)

    assert "payroll" in text
    assert "http://127.0.0.1:8404/openapi.json" in text
    assert text.rstrip().endswith("Stop:       Ctrl-C")
    assert "-X POST" not in text


def test_while_nobody_has_an_account_the_way_to_the_first_stands_in_the_place_of_requests() -> None:
    text = shown(has_demo=False, may_ask=False)

    assert "identity bootstrap prints the code for POST http://127.0.0.1:8403/v1/bootstrap" in text
    assert "curl" not in text
    assert text.rstrip().endswith("Stop:       Ctrl-C")


def test_with_the_demo_an_offer_can_be_posted_as_it_stands() -> None:
    assert "curl -s -X POST http://127.0.0.1:8401/v1/assignments" in shown(has_demo=True)

    words = shlex.split(offer_curl("http://127.0.0.1:8401/v1/assignments", "t", today=date(2026, 3, 5)))
    body = json.loads(words[words.index("-d") + 1])
    assert (body["clinician_reference"], body["facility_reference"]) == ("C-1039", "F-201")
    assert (body["start_date"], body["end_date"]) == ("2026-03-30", "2026-06-27")


def test_the_portal_stands_last_with_the_pages_to_look_at_first() -> None:
    address = "http://127.0.0.1:8400"
    text = shown(
        has_demo=True, portal=address, stops=[("My work", f"{address}/work"), ("The board", f"{address}/board")]
    )

    lines = text.rstrip().splitlines()[-3:]
    assert lines == [f"The portal: {address}", f"  My work    {address}/work", f"  The board  {address}/board"]
