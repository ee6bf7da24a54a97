"""What seals numbers, as routes find it."""

from typing import Annotated, Final

from fastapi import Depends, Request

from credentialing.storage.numbers import Numbers

RESOURCE: Final = "numbers"


async def _numbers(request: Request) -> Numbers:
    numbers: Numbers = getattr(request.app.state, RESOURCE)
    return numbers


Sealing = Annotated[Numbers, Depends(_numbers)]
