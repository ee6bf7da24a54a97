"""The program: bounds itself, reads, looks, tells."""

import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from typing import Any

from credentialing.clients.inspection.heic import inspect_heic
from credentialing.clients.inspection.images import inspect_image
from credentialing.clients.inspection.pdf import inspect_pdf
from credentialing.domain.documents.inspection import Bounds, Fault, Inspection
from credentialing.domain.documents.media import MediaType

POLITE = 10


def main() -> None:
    """Looks into the one file that comes in."""
    asked = json.loads(sys.stdin.buffer.readline())
    bound(memory_bytes=asked["memory_bytes"], seconds=asked["seconds"])
    try:
        found = look(sys.stdin.buffer.read(), MediaType(asked["media_type"]), Bounds(**asked["bounds"]))
    except (MemoryError, RecursionError):
        found = Inspection(fault=Fault.TOO_COMPLEX)
    sys.stdout.write(json.dumps(asdict(found), default=str))


def look(content: bytes, media_type: MediaType, bounds: Bounds) -> Inspection:
    """What is in a file of this type."""
    if media_type is MediaType.PDF:
        return inspect_pdf(content, bounds)
    if media_type is MediaType.HEIC:
        return inspect_heic(content, bounds)
    return inspect_image(content, media_type, bounds=bounds)


def bound(*, memory_bytes: int, seconds: int) -> None:
    """Memory, time, and nothing written anywhere. Where a system knows a bound not, the caller's clock holds."""
    bounds: list[tuple[int, Any]] = [
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]
    for kind, most in bounds:
        resource.setrlimit(kind, (most, most))
    os.nice(POLITE)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


if __name__ == "__main__":
    main()
