"""What credentialing is told besides private values: names and texts of documents, numbers, other names, outsiders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx

from tests.journeys.credentialing_desk import Desk, facility, offered
from tests.journeys.directory import SOURCE
from tests.journeys.papers import PDF, a_pdf
from tests.privacy.callers import REASON, Callers
from tests.privacy.canaries import Aviary, Canary

WORDS = ("file_name", "printed_name", "first_name", "last_name", "outsider", "said")
NUMBERS = ("printed_number", "number")
CODE = "CERT-BLS"
SPECIALIST = "credentialing_specialist"
ANSWERS = {
    "worked_together": "yes",
    **dict.fromkeys(("clinical_skill", "judgement", "reliability", "teamwork"), "5"),
    "concerns": "no",
    "recommend": "yes",
}


@dataclass
class Papers:
    """What was told of each file, and what the entitled were shown of it."""

    told: list[Mapping[str, Canary]] = field(default_factory=list)
    shown: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def canaries(self) -> list[Canary]:
        """Every value of it."""
        return [one for told in self.told for one in told.values()]


async def tell_papers(callers: Callers, references: list[str]) -> Papers:
    """Each of these clinicians gets a file; the same is told about each of them, and read back."""
    system, aviary, papers = callers.system, Aviary(seed=3), Papers()
    client = await system.caller("coordinator").put("assignments", f"/v1/clients/{SOURCE}/K-1", {"name": "Front Range"})
    assert client.is_success, client.text
    await facility(system, "F-1", "Mesa General")
    for reference in references:
        desk = await offered(system, reference)
        told = {name: aviary.one("word") for name in WORDS} | {name: aviary.one("long_number") for name in NUMBERS}
        document, claim = await _sent(callers, desk, told), await _received(callers, desk, told)
        request = await _asked(callers, desk, told)
        await _list(callers, desk)
        papers.told.append(told)
        papers.shown.append(await _shown(callers, desk, document=document, claim=claim, request=request))
    return papers


async def _sent(callers: Callers, desk: Desk, told: Mapping[str, Canary]) -> str:
    """A document, of whose text something is proposed."""
    lines = (f"Name: {told['printed_name'].written} Example", f"eCard code: {told['printed_number'].written}")
    headers = {"Content-Type": PDF, "File-Name": quote(f"{told['file_name'].written}.pdf")}
    path = f"/v1/clinicians/{desk.clinician_id}/documents?code={CODE}"
    return str((await _post(callers, path, content=a_pdf(*lines), headers=headers))["document_id"])


async def _received(callers: Callers, desk: Desk, told: Mapping[str, Canary]) -> str:
    """A claim with its number, and another name."""
    claim = {"issued_on": "2026-01-02", "expires_on": "2028-01-31", "number": told["number"].written}
    file = await _post(callers, f"{desk.path}/items/{CODE}:receive", json=claim)
    other = {"first": told["first_name"].written, "last": told["last_name"].written}
    await _post(callers, f"/v1/clinicians/{desk.clinician_id}/aliases", json=other)
    return next(str(one["credential_id"]) for one in file["items"] if one["code"] == CODE)


async def _asked(callers: Callers, desk: Desk, told: Mapping[str, Canary]) -> str:
    """Somebody outside is asked, and answers."""
    who = told["outsider"].written
    asking = {"kind": "peer", "name": f"Rosa {who}", "email": f"{who}@example.org", "claimed": f"ICU, with {who}"}
    made = await _post(callers, f"/v1/clinicians/{desk.clinician_id}/outside-requests", json=asking)
    answer = {"secret": made["secret"], "answers": {**ANSWERS, "position": told["said"].written}}
    await _post(callers, "/v1/outside-requests:open", json={"secret": made["secret"]}, is_kept=False)
    await _post(callers, "/v1/outside-requests:answer", json=answer)
    return str(made["request_id"])


async def _list(callers: Callers, desk: Desk) -> None:
    """Lists, in which none of it belongs."""
    of_clinician = f"/v1/clinicians/{desk.clinician_id}"
    paths = [f"{of_clinician}/{part}" for part in ("documents", "aliases", "outside-requests", "screenings")]
    for path in (*paths, desk.path, f"{desk.path}/items/{CODE}", f"{desk.path}/why-not", f"{desk.path}/audit-packet"):
        role = "lead" if path.endswith("audit-packet") else SPECIALIST
        answer = await callers.send("GET", "credentialing", path, token=callers.token(role))
        assert answer.is_success, answer.text


async def _shown(callers: Callers, desk: Desk, *, document: str, claim: str, request: str) -> Mapping[str, str]:
    """What somebody entitled reads: but for other names, which nobody is shown again."""
    token = callers.token(SPECIALIST)
    asked = {"credential_id": claim, **REASON}
    reveal = f"{desk.path}/items/{CODE}:reveal-number"
    paper, person, number = [
        (await callers.look(method, "credentialing", path, token=token, **options)).json()
        for method, path, options in (
            ("GET", f"/v1/documents/{document}", {}),
            ("GET", f"/v1/outside-requests/{request}", {}),
            ("POST", reveal, {"json": asked}),
        )
    ]
    return {
        "file_name": paper["file_name"].removesuffix(".pdf"),
        "printed_name": paper["proposal"]["name"]["value"].removesuffix(" Example"),
        "printed_number": paper["proposal"]["number"]["value"],
        "number": number["number"],
        "outsider": person["email"].removesuffix("@example.org"),
        "said": person["answers"]["position"],
    }


async def _post(callers: Callers, path: str, *, is_kept: bool = True, **options: Any) -> Any:
    ask = callers.send if is_kept else callers.look
    answer: httpx.Response = await ask("POST", "credentialing", path, token=callers.token(SPECIALIST), **options)
    assert answer.is_success, answer.text
    return answer.json()
