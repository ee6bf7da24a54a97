"""Somebody at a browser: follows what the pages say, keeps cookies, sends the headers that browsers send."""

import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from services.identity.tests.api.browser import ADA, PASSWORD

HTML = {"Accept": "text/html,application/xhtml+xml"}


@dataclass
class Visitor:
    """One browser. Addresses that begin with `/` are the portal's."""

    client: httpx.AsyncClient
    portal: str
    identity: str

    async def get(self, address: str, **headers: str) -> httpx.Response:
        """Goes to an address, and no further."""
        return await self.client.get(self._at(address), headers={**HTML, **_named(headers)})

    async def post(self, address: str, *, origin: str | None = "", **form: str) -> httpx.Response:
        """Sends a form of the portal's own pages, unless `origin` names another (None: the browser says nothing)."""
        said = {} if origin is None else {"Origin": origin or self.portal}
        return await self.client.post(self._at(address), data=form, headers={**HTML, **said})

    async def asked(self, wanted: str = "/probe") -> httpx.URL:
        """Where the portal sends somebody who wants to sign in."""
        answer = await self.client.get(f"{self.portal}/sign-in", params={"next": wanted}, headers=HTML)
        assert answer.status_code == 303, answer.text
        return httpx.URL(answer.headers["location"])

    async def identified(self, address: httpx.URL, email: str = ADA["email"]) -> str:
        """Signs in at identity, and gives where that sends the browser back to."""
        page = await self.client.get(address, headers=HTML)
        if page.is_redirect:
            return str(page.headers["location"])
        found = re.search(r'<form method="post" action="([^"]+)"', page.text)
        assert found, page.text
        form = {"step": "password", "email": email, "password": PASSWORD}
        action = self.identity + html.unescape(found[1])
        answer = await self.client.post(action, data=form, headers={**HTML, "Origin": self.identity})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    async def sign_in(self, wanted: str = "/probe") -> httpx.Response:
        """The whole way; the portal's answer at its end."""
        return await self.get(await self.identified(await self.asked(wanted)))

    def cookie(self, name: str) -> str | None:
        """The value of a cookie that the browser holds."""
        return next((cookie.value for cookie in self.client.cookies.jar if cookie.name == name), None)

    def _at(self, address: str) -> str:
        return self.portal + address if address.startswith("/") else address


def with_parameter(address: httpx.URL | str, **changed: str) -> httpx.URL:
    """The address with some of its parameters replaced."""
    parts = urlsplit(str(address))
    query = urlencode({**dict(parse_qsl(parts.query)), **changed})
    return httpx.URL(parts._replace(query=query).geturl())


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
