"""Credentialing as it keeps one clinician's skills checklists: one form of two sections, and what was saved last."""

from typing import Any

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

HEART = [{"skill_id": f"heart.{name}", "words": f"Reads <{name}>"} for name in ("rhythm", "pressure")]
BRAIN = [{"skill_id": "brain.scales", "words": "Rates by scales"}]
FORM: dict[str, Any] = {
    "unit": "ICU",
    "title": "Intensive care",
    "edition": 1,
    "sections": [{"name": "Circulation", "skills": HEART}, {"name": "Brain", "skills": BRAIN}],
}
OTHER = {"unit": "MS", "title": "Medical and surgical", "edition": 1, "sections": []}


def a_rating(skill_id: str, rating: int = 4, frequency: str = "weekly") -> dict[str, Any]:
    """One skill, done every week and well."""
    return {"skill_id": skill_id, "rating": rating, "frequency": frequency}


def a_checklist(*ratings: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A draft for the ICU with these ratings."""
    done = {one["skill_id"] for one in ratings if one["rating"] >= 3}
    shares = [_share(part["name"], part["skills"], done) for part in FORM["sections"]]
    usual: dict[str, Any] = {
        "checklist_id": "chk_1",
        "clinician_id": "cln_1",
        "unit": "ICU",
        "form": "ICU",
        "edition": 1,
        "state": "draft",
        "begun_on": "2026-01-05",
        "signed_on": None,
        "reviewed_by": None,
        "reviewed_on": None,
        "proficient_per_mille": len(done) * 1000 // 3,
        "note": None,
        "ratings": list(ratings),
        "whole": _share(str(FORM["title"]), [*HEART, *BRAIN], done),
        "sections": shares,
    }
    return usual | changes


class Credentialing:
    """Has these checklists, and a file with these items.

    `refusal` is (status, code, findings) of every command; while it `is_away`, nobody listens.
    """

    def __init__(self) -> None:
        self.checklists: list[dict[str, Any]] = []
        self.items: list[dict[str, Any]] = []
        self.done: list[dict[str, Any]] = []
        self.refusal: tuple[int, str, list[dict[str, str]]] | None = None
        self.is_away = False
        self.app = FastAPI()
        self.app.get("/v1/files")(self._files)
        self.app.get("/v1/files/fil_1")(self._file)
        self.app.get("/v1/clinicians/{clinician_id}/documents")(self._documents)
        self.app.get("/v1/skills-forms")(self._forms)
        self.app.get("/v1/clinicians/{clinician_id}/checklists")(self._listed)
        self.app.post("/v1/clinicians/{clinician_id}/checklists")(self._fill)
        self.app.get("/v1/checklists/{checklist_id}")(self._one)
        self.app.post("/v1/checklists/{command}")(self._act)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self.is_away:
            raise httpx.ConnectError("nobody listens")
        await self.app(scope, receive, send)

    async def _files(self) -> dict[str, Any]:
        return {"items": [{"file_id": "fil_1"}] if self.items else []}

    async def _file(self) -> dict[str, Any]:
        return {"file_id": "fil_1", "items": self.items}

    async def _documents(self, clinician_id: str) -> dict[str, Any]:
        return {"items": []}

    async def _forms(self) -> dict[str, Any]:
        return {"items": [FORM, OTHER]}

    async def _listed(self, clinician_id: str) -> dict[str, Any]:
        return {"items": self.checklists}

    async def _one(self, checklist_id: str) -> JSONResponse:
        found = next(one for one in self.checklists if one["checklist_id"] == checklist_id)
        return JSONResponse(found, headers={"ETag": '"5"'})

    async def _fill(self, clinician_id: str, request: Request) -> JSONResponse:
        return await self._answered("fill", request, clinician_id=clinician_id)

    async def _act(self, command: str, request: Request) -> JSONResponse:
        return await self._answered(command, request, version=request.headers.get("if-match"))

    async def _answered(self, command: str, request: Request, **more: Any) -> JSONResponse:
        self.done.append({"command": command, "body": await request.json(), **more})
        if self.refusal:
            status, code, errors = self.refusal
            return JSONResponse({"title": code, "detail": f"It says {code}.", "code": code, "errors": errors}, status)
        return JSONResponse(a_checklist(), 201)


def _share(name: str, skills: list[dict[str, str]], done: set[str]) -> dict[str, Any]:
    gaps = [one["skill_id"] for one in skills if one["skill_id"] not in done]
    return {"name": name, "skills": len(skills), "proficient": len(skills) - len(gaps), "per_mille": 0, "gaps": gaps}
