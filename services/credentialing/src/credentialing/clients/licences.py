"""A licence register behind our own neutral interface: asked once, answered later under its reference.

    POST /lookups               {"lookups": [{"record", "jurisdiction", "number", "kind"}]} -> {"transaction"}
    GET  /lookups/{transaction} {"complete", "answers": [{"record", "problems", "person", "licences"}]}

The adapter of a real register translates between this and its own interface. To write one, a person enrols there,
reads its terms and has its owner's leave: see docs/domain/sources.md.
"""

from dataclasses import replace
from urllib.parse import quote

from credentialing.clients.fetching import Fetching
from credentialing.domain.sources.answer import Answer, RequestError, Trouble
from credentialing.domain.sources.catalogue import LICENCES, route_of
from credentialing.domain.sources.licences import read_answer, read_taken
from credentialing.domain.sources.question import Question

GONE = (404, 410)
"""The register keeps answers for a while only: the question is put anew."""


class Licences:
    """Looks licences up by jurisdiction, number and kind."""

    def __init__(self, base_url: str, *, key: str) -> None:
        self._http = Fetching(LICENCES, base_url, headers={"Authorization": f"Bearer {key}"} if key else {})

    async def ask(self, question: Question) -> Answer:
        """Sends the question, or asks for the answer to the one that was sent."""
        route = route_of(question.code)
        if route is None or not question.number or not question.jurisdiction:
            return RequestError(why="To look a licence up takes its number and the state that issued it.")
        if question.reference:
            return await self._collect(question, kind=route.kind)
        lookup = {
            "record": question.inquiry_id,
            "jurisdiction": question.jurisdiction,
            "number": question.number,
            "kind": route.kind,
        }
        fetched = await self._http.fetch("POST", "/lookups", content={"lookups": [lookup]})
        return fetched if isinstance(fetched, Trouble) else read_taken(fetched.status, fetched.body)

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _collect(self, question: Question, *, kind: str) -> Answer:
        path = f"/lookups/{quote(question.reference or '', safe='')}"
        fetched = await self._http.fetch("GET", path)
        if isinstance(fetched, Trouble):
            return fetched
        if fetched.status in GONE:
            return await self.ask(replace(question, reference=None))
        return read_answer(fetched.status, fetched.body, question=question, kind=kind)
