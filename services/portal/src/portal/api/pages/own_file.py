"""What the clinician's own page asks of credentialing about their file, and sends to it."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Final

from starlette.datastructures import FormData, UploadFile

from portal.api.pages.assignment_file import SERVICE, file_path
from portal.api.pages.document_pages import ANY_TYPE, documents_at, sent_on, words_of
from portal.api.views.own_file import Fault, Heard, is_theirs
from portal.api.views.own_words import SILENT, TOO_LARGE, sent_before
from portal.api.views.refusals import said
from portal.clients.services import Answer, Outcome, Refusal, Services, Unreachable
from portal.storage.own import OwnAssignment

CODE: Final = re.compile(r"[A-Z0-9-]{1,40}")
MOST_BYTES: Final = 25 * 1024 * 1024
"""As the page says. More is not passed on: a refusal before the end of a body may be lost with its connection."""
MOST_OF_FORM: Final = 40 * 1024 * 1024
"""A form up to this size is kept whole, so that what is wrong with its file is said at the item it was chosen for."""
MOST_BEHIND: Final = 30
"""Items whose claims are asked for, the first to be due; a file has fewer that wait for the clinician."""

_TOO_LARGE: Final = frozenset({"body_too_large", "body_too_slow"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """The file of one assignment, asked by the clinician whose it is."""

    services: Services
    found: OwnAssignment

    async def heard(self) -> Heard:
        """Its items, the clinician's documents, and what became of those that were refused or do not do."""
        path, documents = await asyncio.gather(
            file_path(self.services, self.found.assignment_id), self._get(self._documents)
        )
        if not isinstance(path, str):
            return Heard(trouble=_trouble(path, documents))
        if trouble := _trouble(documents):
            return Heard(trouble=trouble)
        file = await self._get(path)
        if not isinstance(file, Answer):
            return Heard(trouble=_words(file))
        claims = await self._claims(path, file.body["items"])
        return Heard(items=file.body["items"], documents=_listed(documents), claims=claims)

    async def send(self, form: FormData | None) -> Fault | str:
        """Sends what was chosen for an item on; its code, or what is wrong with it, in words.

        Without a form it was too large to be read, and the item is not known.
        """
        if form is None:
            return Fault(code="", words=TOO_LARGE)
        code, file = str(form.get("code") or ""), form.get("file")
        if not CODE.fullmatch(code):
            return Fault(code="", words="Choose the item that the file is for.")
        if not isinstance(file, UploadFile) or not file.filename:
            return Fault(code=code, words="Choose a file first.")
        if (file.size or 0) > MOST_BYTES:
            return Fault(code=code, words=TOO_LARGE)
        outcome = await sent_on(
            self.services,
            self._documents,
            file=file,
            asked={"code": code},
            media_type=ANY_TYPE,  # telephones name the types of their own pictures wrongly; the content decides
            key=token_urlsafe(16),  # the same file again is the same document, by its content
        )
        words = _wrong(outcome, code)
        return Fault(code=code, words=words) if words else code

    async def _claims(self, path: str, items: Sequence[Mapping[str, Any]]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """By code, those of the items that wait for the clinician although something came in."""
        asked = [one for one in items if is_theirs(one) and one.get("credential_id")]
        codes = [str(one["code"]) for one in sorted(asked, key=lambda one: str(one["due_on"]))][:MOST_BEHIND]
        answers = await asyncio.gather(*(self._get(f"{path}/items/{code}") for code in codes))
        pairs = zip(codes, answers, strict=True)
        return {code: answer.body["claims"] for code, answer in pairs if isinstance(answer, Answer)}

    async def _get(self, path: str) -> Outcome:
        return await self.services.get(SERVICE, path)

    @property
    def _documents(self) -> str:
        return documents_at(str(self.found.clinician_id))


def _listed(outcome: Outcome) -> Sequence[Mapping[str, Any]]:
    return outcome.body["items"] if isinstance(outcome, Answer) else ()


def _trouble(*outcomes: Outcome) -> str | None:
    """That credentialing is away or refuses; it knows a clinician by their first file, so that 404 is none."""
    return next((_words(one) for one in outcomes if _is_trouble(one)), None)


def _is_trouble(outcome: Outcome) -> bool:
    return isinstance(outcome, Unreachable) or (isinstance(outcome, Refusal) and outcome.status != 404)


def _words(outcome: Outcome) -> str:
    if isinstance(outcome, Answer):
        return ""
    return SILENT if isinstance(outcome, Unreachable) else said(outcome)


def _wrong(outcome: Outcome, code: str) -> str:
    """What is wrong with what was sent, in credentialing's words where these are for people; nothing when it is in."""
    if isinstance(outcome, Answer):
        return sent_before(outcome.body, code)
    if isinstance(outcome, Refusal) and outcome.code in _TOO_LARGE:
        return TOO_LARGE
    return words_of(outcome)
