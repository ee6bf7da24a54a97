"""What pages load is built from pinned packages, named after its content, and kept by browsers for ever."""

import gzip
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from portal.api.pages.assets import FOLDER, address_of
from portal.api.views.navigation import SECTIONS

FRONTEND = Path(__file__).parents[2] / "frontend"
TEMPLATES = Path(__file__).parents[2] / "src/portal/api/templates"
ON_EVERY_PAGE = ("app.css", "app.js", "icons.svg")
KIND = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@pytest.mark.parametrize("name", [*ON_EVERY_PAGE, "charts.js"])
async def test_an_asset_is_served_to_be_kept_for_ever(api, name):
    plain = await api.client.get(address_of(name), headers={"Accept-Encoding": "identity"})
    assert (plain.status_code, plain.headers["content-type"]) == (200, KIND[name.rpartition(".")[2]])
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers
    zipped = await api.client.get(address_of(name), headers={"Accept-Encoding": "br, gzip"})
    assert (zipped.headers["content-encoding"], zipped.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert zipped.content == plain.content != b""


@pytest.mark.parametrize("name", [*ON_EVERY_PAGE, "charts.js"])
async def test_the_address_of_an_asset_is_that_of_its_content(api, name):
    stem, _, ending = name.partition(".")
    content = (await api.client.get(address_of(name))).content
    assert address_of(name) == f"/assets/{stem}-{sha256(content).hexdigest()[:10]}.{ending}"


@pytest.mark.parametrize("name", ["app.css", "app-0000000000.css", "manifest.json", "..%2Fpage.py", "licenses.txt"])
async def test_nothing_else_of_the_folder_is_served(api, name):
    answer = await api.client.get(f"/assets/{name}")
    assert answer.status_code == 404


def test_what_every_page_loads_is_small():
    zipped = {name: len((FOLDER / f"{address_of(name).rpartition('/')[2]}.gz").read_bytes()) for name in ON_EVERY_PAGE}
    assert sum(zipped.values()) < 50_000, zipped


def test_no_asset_names_another_host_or_this_machine():
    for name in [*ON_EVERY_PAGE, "charts.js"]:
        built = gzip.decompress((FOLDER / f"{address_of(name).rpartition('/')[2]}.gz").read_bytes()).decode()
        assert "sourceMappingURL" not in built
        assert str(FRONTEND) not in built
        assert set(re.findall(r"https?://[\w.]+", built)) <= {"http://www.w3.org"}, name


def test_what_we_ship_of_others_comes_with_its_licence():
    said = (FOLDER / "licenses.txt").read_text()
    for name in ("htmx.org 4.0.1", "lucide-static", "tailwindcss", "uplot"):
        assert name in said
    assert said.count("Permission") >= 4


def test_the_packages_are_pinned_by_version_and_content_and_name_no_address():
    wanted = json.loads((FRONTEND / "package.json").read_text())["devDependencies"]
    assert {name: version for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)} == {}
    text = (FRONTEND / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert len(packages) > len(wanted)
    # What is bundled inside another package is fixed by that one's hash.
    loose = [name for name, one in packages.items() if "integrity" not in one and not one.get("inBundle")]
    assert loose == []
    assert "resolved" not in text


def test_every_icon_that_templates_name_is_in_the_sprite():
    listed = json.loads((FRONTEND / "icons.json").read_text())
    assert listed == sorted(set(listed))
    named = {section.icon for section in SECTIONS}
    for path in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r"""(?:\bicon\(|\bdraw\(|\bicon=)"([a-z0-9-]+)\"""", path.read_text()))
    assert named - set(listed) == set()
    sprite = (FOLDER / address_of("icons.svg").rpartition("/")[2]).read_text()
    assert re.findall(r'<symbol id="([a-z0-9-]+)"', sprite) == listed
