"""Reads a page as somebody sees it, and sends its forms as a browser would."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

from services.portal.tests.api.reading import Page
from services.portal.tests.api.signed_in import token_of

VOID = frozenset("area base br col hr img input link meta source use wbr".split())


@dataclass(eq=False)
class Node:
    """An element with its attributes and what stands in it."""

    tag: str
    attributes: Mapping[str, str | None]
    children: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it, with single blanks."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())

    def get(self, name: str) -> str | None:
        """An attribute."""
        return self.attributes.get(name)

    def all(self, tag: str = "", **attributes: str) -> "list[Node]":
        """Every element inside with this tag and these attributes; `_` stands for `-`, `class_` for class."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self._inside() if tag in ("", one.tag) and one._has(wanted)]

    def one(self, tag: str = "", **attributes: str) -> "Node":
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def _has(self, wanted: Mapping[str, str]) -> bool:
        return all(
            value in (self.get(name) or "").split() if name == "class" else self.get(name) == value
            for name, value in wanted.items()
        )

    def _inside(self) -> "Iterator[Node]":
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child._inside()


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Node("", {})
        self._open = [self.root]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        node = Node(tag, dict(attrs))
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in [node.tag for node in self._open]:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def page_of(answer: httpx.Response) -> Node:
    """The page that was answered."""
    return _Reader(answer.text).root


@dataclass
class Browser:
    """Somebody with a role, who opens pages and sends forms."""

    client: httpx.AsyncClient
    issuer: Any
    role: str = "coordinator"
    subject: str = "per_1"
    claims: Mapping[str, Any] = field(default_factory=dict)
    """What bounds them, as the token says it."""

    async def get(self, path: str, *, is_htmx: bool = False, **options: Any) -> httpx.Response:
        """A page, or a part of it."""
        return await self.client.get(path, headers=self._headers(is_htmx), **options)

    async def open(self, path: str, **options: Any) -> Node:
        """A page that is there."""
        answer = await self.get(path, **options)
        assert answer.status_code == 200, answer.text
        Page(answer.text)  # whole, without a script or a style of its own, every id once
        return page_of(answer)

    async def send(self, path: str, *, is_htmx: bool = True, **fields: Any) -> httpx.Response:
        """A form with these fields."""
        return await self.client.post(path, data=fields, headers=self._headers(is_htmx))

    def as_(self, role: str, subject: str = "per_1", **claims: Any) -> "Browser":
        """Somebody else at the same portal."""
        return Browser(self.client, self.issuer, role=role, subject=subject, claims=claims)

    def _headers(self, is_htmx: bool) -> dict[str, str]:
        token = token_of(self.issuer, role=self.role, person=self.subject, **self.claims)
        return {"Authorization": f"Bearer {token}", **({"HX-Request": "true"} if is_htmx else {})}
