"""What a page weighs on the wire: itself and everything that it makes a browser load, compressed, with heads."""

from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import httpx

LOADED = {"script": "src", "img": "src", "use": "href", "image": "href"}
LOADED_LINKS = frozenset({"stylesheet", "icon", "manifest", "modulepreload", "preload"})


class _Loaded(HTMLParser):
    """Collects what the markup makes a browser ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        wanted = said.get(LOADED.get(tag, ""))
        if tag == "link" and LOADED_LINKS & set((said.get("rel") or "").split()):
            wanted = said.get("href")
        if wanted and not wanted.startswith(("data:", "#")):
            self.addresses.append(wanted)


def loaded_by(markup: str) -> list[str]:
    """The addresses that a page makes a browser load, each once, as they stand there."""
    parser = _Loaded()
    parser.feed(markup)
    return list(dict.fromkeys(urldefrag(address).url for address in parser.addresses))


async def weight(http: httpx.AsyncClient, path: str) -> int:
    """Bytes of the page and of all that it loads. Fails when something is not there."""
    page = await _get(http, path)
    parts = [await _get(http, urljoin(path, address)) for address in loaded_by(page.text)]
    return sum(_bytes([page, *parts]))


def _bytes(answers: Iterable[httpx.Response]) -> Iterable[int]:
    for answer in answers:
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
        yield head + answer.num_bytes_downloaded


async def _get(http: httpx.AsyncClient, path: str) -> httpx.Response:
    answer = await http.get(path, headers={"Accept": "text/html,*/*", "Accept-Encoding": "gzip"})
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer
