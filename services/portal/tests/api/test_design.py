"""/design shows every component, and no template needs what the policy of the pages forbids."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "src/portal/api/templates"
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form")
FORBIDDEN = {
    "a style": re.compile(r"<style|\sstyle\s*="),
    "a handler": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*="),
    "a script without the nonce": re.compile(r"<script(?![^>]*nonce=\"\{\{ nonce \}\}\")"),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape false"),
    "another host": re.compile(r"(src|href|action)=\"(https?:)?//"),
}


class Page(HTMLParser):
    """What a page holds, as far as these tests ask."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointed: list[str] = []
        self.drawn: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        for name in POINTING:
            self.pointed += values.get(name, "").split()
        if tag == "use":
            self.drawn.append(values["href"])


@pytest.fixture
async def answer(api):
    return await api.client.get("/design", headers={"Accept-Encoding": "identity"})


async def test_everybody_sees_it_under_the_strict_policy(answer):
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


async def test_every_id_is_there_once_and_what_points_finds_it(answer):
    page = Page(answer.text)
    assert [name for name, times in Counter(page.ids).items() if times > 1] == []
    assert sorted(set(page.pointed) - set(page.ids)) == []


async def test_every_icon_drawn_is_in_the_sprite(api, answer):
    addresses = {drawn.partition("#")[0] for drawn in Page(answer.text).drawn}
    assert len(addresses) == 1
    sprite = (await api.client.get(addresses.pop())).text
    missing = {name for drawn in Page(answer.text).drawn if f'id="{(name := drawn.partition("#")[2])}"' not in sprite}
    assert missing == set()


def test_every_component_is_shown():
    shown = "\n".join(path.read_text() for path in [*TEMPLATES.glob("design/*.html"), *TEMPLATES.glob("layout*.html")])
    macros = {
        macro
        for path in TEMPLATES.glob("components/*.html")
        for macro in re.findall(r"\{% (?:macro (?=\w+\()|set (?=\w+ = drawn\.))(\w+)", path.read_text())
        if not macro.startswith("_")
    }
    assert len(macros) > 60
    inner = {"attributes", "appearance", "person_menu", "toast_partial", "drawer_attributes"}
    unseen = {macro for macro in macros - inner if not re.search(rf"\b{macro}\(|\bdrawn\.once\({macro}\b", shown)}
    assert unseen == set()


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    found = [
        f"{path.relative_to(TEMPLATES)}: {match.group(0)}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for match in FORBIDDEN[what].finditer(re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL))
    ]
    assert found == []
