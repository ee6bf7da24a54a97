"""A department that answers what a test lays down for it, and keeps what it was asked and sent."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.clients.services import Services


def services_at(app: Any, *names: str) -> Services:
    """The portal's way to an app that stands in the same process for these services; for credentialing, if none."""
    urls = {name: f"http://{name}.test" for name in names or ("credentialing",)}
    return Services(urls, transports={name: httpx.ASGITransport(app=app) for name in urls})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One request: its content, and what that says as JSON; its query, and the headers that bind it."""

    name: str
    query: dict[str, str]
    content: bytes
    body: Any
    key: str | None
    version: str | None


@dataclass
class Answering:
    """Answers by `METHOD path`; what nothing was laid down for is not there."""

    service: str = "credentialing"
    told: dict[str, Response] = field(default_factory=dict)
    asked: list[Sent] = field(default_factory=list)

    def tell(self, name: str, body: Any, *, status: int = 200, version: int | None = None) -> None:
        """From now on, this is what `METHOD path` is answered with."""
        headers = {} if version is None else {"ETag": f'"{version}"'}
        self.told[name] = JSONResponse(body, status, headers=headers)

    def give(self, name: str, content: bytes, *, media_type: str) -> None:
        """From now on, `METHOD path` is answered with a file."""
        self.told[name] = Response(content, media_type=media_type)

    def refuse(
        self, name: str, status: int, code: str, *, detail: str, errors: list[dict[str, str]] | None = None
    ) -> None:
        """From now on, `METHOD path` is refused."""
        body = {"code": code, "title": code, "detail": detail, "errors": errors or []}
        self.told[name] = JSONResponse(body, status, media_type="application/problem+json")

    def of(self, name: str) -> list[Sent]:
        """What was asked by this name, in its order."""
        return [one for one in self.asked if one.name == name]

    def services(self) -> Services:
        """The portal's way to it."""
        routes = [Route("/{path:path}", self._answer, methods=["GET", "POST", "PUT"])]
        return services_at(Starlette(routes=routes), self.service)

    async def _answer(self, request: Request) -> Response:
        name, content = f"{request.method} {request.url.path}", await request.body()
        headers = request.headers
        sent = Sent(
            name=name,
            query=dict(request.query_params),
            content=content,
            body=json.loads(content) if content and headers.get("content-type") == "application/json" else None,
            key=headers.get("idempotency-key"),
            version=headers.get("if-match"),
        )
        self.asked.append(sent)
        missing = {"code": "not_found", "title": "Not found", "detail": "There is none.", "errors": []}
        return self.told.get(name) or JSONResponse(missing, 404, media_type="application/problem+json")
