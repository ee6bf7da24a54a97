"""Adds to an answer what is shown once: the stored answer of a command never holds it."""

import json

from starlette.responses import Response

NOT_FIRST = frozenset({"idempotent-replayed", "validate-only"})


def shown_once(response: Response, **secrets: object) -> Response:
    """The answer of a command with these fields besides, unless it is a repeated or a rehearsed one.

    Answers are kept beside their Idempotency-Key for a week. So a secret does not go through the door of the command:
    whoever repeats the command because the answer was lost gets the answer without it, and asks for another.
    """
    if NOT_FIRST & set(response.headers):
        return response
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    body = json.loads(bytes(response.body)) | secrets
    return Response(json.dumps(body, ensure_ascii=False), response.status_code, headers=headers)
