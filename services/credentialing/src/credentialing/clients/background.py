"""A background and drug vendor over HTTP: candidate, invitation, report.

Each step carries a key of its own, so that an order that was cut off and is sent again makes no second one.
"""

import httpx

from credentialing.clients.fetching import Fetching
from credentialing.domain.sources.answer import Answer, Pending, RequestError, Trouble
from credentialing.domain.sources.background import AGAIN_SECONDS, read_made, read_progress
from credentialing.domain.sources.catalogue import BACKGROUND, route_of
from credentialing.domain.sources.names import first_and_last
from credentialing.domain.sources.question import Question


class Background:
    """Orders what is asked and reads how far it is."""

    def __init__(self, base_url: str, *, key: str) -> None:
        """`key` is the API key, sent as the name of HTTP basic authentication."""
        self._http = Fetching(BACKGROUND, base_url, auth=httpx.BasicAuth(key, "") if key else None)

    async def ask(self, question: Question) -> Answer:
        """Orders, or asks how far the order is that was made before."""
        if question.reference:
            return await self._progress(question.reference)
        route = route_of(question.code)
        if route is None or "@" not in question.email or not question.name:
            return RequestError(why="To order takes the clinician's name and e-mail address.")
        first, last = first_and_last(question.name)
        person = {"first_name": first, "last_name": last, "email": question.email, "custom_id": question.inquiry_id}
        candidate = await self._make("/candidates", person, key=f"{question.inquiry_id}-candidate")
        if not isinstance(candidate, str):
            return candidate
        invited = {"candidate_id": candidate, "package": route.kind}
        invitation = await self._make("/invitations", invited, key=f"{question.inquiry_id}-invitation")
        if not isinstance(invitation, str):
            return invitation
        why = "The vendor invited the candidate."
        return Pending(reference=candidate, again_in_seconds=AGAIN_SECONDS, why=why)

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _make(self, path: str, content: dict[str, str], *, key: str) -> str | Answer:
        fetched = await self._http.fetch("POST", path, content=content, headers={"Idempotency-Key": key})
        return fetched if isinstance(fetched, Trouble) else read_made(fetched.status, fetched.body)

    async def _progress(self, reference: str) -> Answer:
        """The newest report of the candidate; before there is one, the invitation."""
        reports = await self._http.fetch("GET", "/reports", params={"candidate_id": reference})
        if isinstance(reports, Trouble):
            return reports
        if isinstance(reports.body, dict) and not reports.body.get("data") and reports.status == 200:
            invitations = await self._http.fetch("GET", "/invitations", params={"candidate_id": reference})
            if isinstance(invitations, Trouble):
                return invitations
            return read_progress(invitations.status, invitations.body, reference=reference)
        return read_progress(reports.status, reports.body, reference=reference)
