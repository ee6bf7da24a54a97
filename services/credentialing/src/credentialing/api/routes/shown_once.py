"""Adds to an answer what is shown once: the stored answer of a command never holds it."""

import json

from starlette.responses import Response

NOT_FIRST = frozenset({"idempotent-replayed", "validate-only"})


def with_secret(response: Response, secret: str) -> Response:
    """The answer of a command with the secret besides, unless it is a repeated or a rehearsed one.

    Answers are kept beside their Idempotency-Key for a week, so a secret does not go through the door of the command.
    """
    if NOT_FIRST & set(response.headers):
        return response
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    content = json.loads(bytes(response.body)) | {"secret": secret}
    return Response(json.dumps(content, ensure_ascii=False), response.status_code, headers=headers)
