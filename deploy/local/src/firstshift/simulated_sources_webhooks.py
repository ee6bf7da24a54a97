"""Messages of simulated sources to credentialing, signed as their vendors sign."""

import hmac
import json
import time
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import httpx

from firstshift.simulated_sources_ids import new_id

SECONDS = 10


class Webhooks:
    """Sends to who listens; a source without a listener keeps its news to itself."""

    def __init__(self, listeners: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        self._listeners = listeners
        self._secrets = secrets

    async def send(self, source: str, kind: str, data: Mapping[str, Any], *, times: int = 1) -> list[int]:
        """Sends one event so many times, each signed anew; the statuses that came back."""
        if source not in self._listeners:
            return []
        event_id = new_id("evt")
        event = {"id": event_id, "object": "event", "type": kind, "created_at": _now(), "data": data}
        body = json.dumps(event).encode()
        sign = _standard if source == "licence_source" else _plain
        async with httpx.AsyncClient(trust_env=False, timeout=SECONDS) as client:
            statuses = []
            for _ in range(times):
                headers = sign(body, self._secrets.get(source, ""), event_id)
                headers |= {"Content-Type": "application/json", "User-Agent": "Simulated-Source/1"}
                answer = await client.post(self._listeners[source], content=body, headers=headers)
                statuses.append(answer.status_code)
        return statuses


def _plain(body: bytes, secret: str, _: str) -> dict[str, str]:
    """One header: the time, and the MAC of time and body in hexadecimal."""
    at = str(int(time.time()))
    mac = hmac.digest(secret.encode(), at.encode() + b"." + body, sha256)
    return {"X-Vendor-Signature": f"t={at},v1={mac.hex()}"}


def _standard(body: bytes, secret: str, event_id: str) -> dict[str, str]:
    """Three headers: id, time, and the MAC of both and the body in base64."""
    at = str(int(time.time()))
    mac = hmac.digest(secret.encode(), b".".join((event_id.encode(), at.encode(), body)), sha256)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{b64encode(mac).decode()}",
    }


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
