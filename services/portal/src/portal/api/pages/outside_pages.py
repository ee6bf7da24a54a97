"""The pages of somebody outside: whoever holds a request's link is asked, and answers or declines, without an account.

The link's secret stands in the address behind `#`, and from then on in bodies alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.doors import Form
from portal.api.pages.page import Values, render
from portal.api.pages.sign_in_parts import LINKS, act
from portal.api.views import outside as views
from portal.api.views.refusals import said
from portal.app.queries.agency import agency_name
from portal.clients.services import Answer, Outcome, Refusal, Sent, Services

OUTSIDE: Final = f"{LINKS}/outside"
ANSWER: Final = f"{OUTSIDE}/answer"
THANKS: Final = f"{OUTSIDE}/thanks"
DECLINE: Final = "decline"
HELD: Final = "token"
"""The field with the link's secret."""
SHORTEST, LONGEST = 20, 100
_PROVES_NOTHING: Final = (404, 422)

Fields = Mapping[str, str]
NO_FIELDS: Fields = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsidePages:
    """One request as the holder of its link sees it."""

    request: Request
    services: Services

    async def open(self, secret: str) -> Response:
        """The questions, or what to do where the link opens nothing. Raises QuotaExceeded."""
        opened = await self._opened(secret)
        if isinstance(opened, Answer):
            return await self._asked(secret, opened, typed=NO_FIELDS)
        return self._refused(secret, opened, typed=NO_FIELDS)

    async def answer(self, form: Form) -> Response:
        """Sends the answers on, or that there will be none; what is wrong comes back at its question.

        Raises QuotaExceeded.
        """
        typed, secret = form.typed(), form.text(HELD)
        declines = form.text("do") == DECLINE
        outcome = await self._sent("answer", secret, _body(typed, declines=declines))
        if isinstance(outcome, Answer):
            return RedirectResponse(f"{THANKS}?declined=1" if declines else THANKS, 303)
        if not isinstance(outcome, Refusal) or outcome.status != 422:
            return self._refused(secret, outcome, typed=typed)
        opened = await self._opened(secret)
        if isinstance(opened, Answer):
            return await self._asked(secret, opened, typed=typed, refusal=outcome)
        return self._refused(secret, opened, typed=typed)

    def say(self, words: views.Said) -> Response:
        """A page of words alone."""
        return render(self.request, "links/outside_said.html", status=words.status, said=words, links=LINKS)

    async def _asked(self, secret: str, opened: Answer, *, typed: Fields, refusal: Refusal | None = None) -> Response:
        agency = await act(self.request, agency_name)
        findings = refusal.findings if refusal else ()
        view = views.outside_view(opened.body, agency=agency, typed=typed, findings=findings)
        status = 422 if refusal else 200
        return render(self.request, "links/outside.html", status=status, view=view, secret=secret, action=ANSWER)

    def _refused(self, secret: str, outcome: Outcome, *, typed: Fields) -> Response:
        if isinstance(outcome, Refusal) and outcome.status in _PROVES_NOTHING:
            self._count()
            return self.say(views.NOTHING)
        if isinstance(outcome, Refusal) and outcome.status == 409:
            return self.say(views.CHANGED)
        trouble = "" if isinstance(outcome, Answer) else said(outcome)
        kept = tuple((name, value) for name, value in typed.items() if name != HELD)
        action = ANSWER if kept else OUTSIDE
        values: Values = {"trouble": trouble, "kept": kept, "secret": secret, "action": action}
        return render(self.request, "links/outside_again.html", status=503, **values)

    def _count(self) -> None:
        """Guesses count against the address that asks, as tokens that open nothing do. Raises QuotaExceeded."""
        allowance = self.request.app.state.wiring.quotas.unknown(self.request.scope.get("client"))
        if allowance:
            allowance.require()

    async def _opened(self, secret: str) -> Outcome:
        return await self._sent("open", secret, {})

    async def _sent(self, verb: str, secret: str, more: Mapping[str, object]) -> Outcome:
        if not SHORTEST <= len(secret) <= LONGEST:
            return Refusal(service=SERVICE, status=404, code="outside_link_invalid", title="", detail="")
        sent = Sent(method="POST", path=f"/v1/outside-requests:{verb}", body={"secret": secret, **more})
        return await self.services.send(SERVICE, sent)


def _body(typed: Fields, *, declines: bool) -> Mapping[str, object]:
    if declines:
        return {"declines": True, "because": typed.get(views.BECAUSE, "")[:500]}
    return {"answers": views.answers_of(typed)}
