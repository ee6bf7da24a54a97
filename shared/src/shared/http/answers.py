"""What a route answers: a status, a body, the version as ETag, and where the new resource is."""

from dataclasses import dataclass

from pydantic import BaseModel
from starlette.responses import Response

from shared.http.versions import etag

JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer in the making; `etag` is the resource's version, `location` its path."""

    body: BaseModel | None = None
    status: int = 200
    etag: int | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An answer as it travels, and as it is kept for a repeated command. Decimals are text in the JSON body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def response(self, **headers: str) -> Response:
        """The response, with these headers besides."""
        media_type = JSON if self.body else None
        return Response(self.body, self.status, headers={**self.headers, **headers}, media_type=media_type)


def render(answer: Answer) -> Rendered:
    """The answer's bytes and headers."""
    headers = {}
    if answer.etag is not None:
        headers["ETag"] = etag(answer.etag)
    if answer.location is not None:
        headers["Location"] = answer.location
    body = b"" if answer.body is None else answer.body.model_dump_json(by_alias=True).encode()
    return Rendered(status=answer.status, headers=headers, body=body)
