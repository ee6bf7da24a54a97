"""Actions that decide how much a route shows count as used, and must be in the policy like any other."""

from types import SimpleNamespace

from fastapi import FastAPI

from shared.http.access import allow, marks_of, routes_without_policy, unused_actions

ROLES = frozenset({"lead"})


def an_app(*actions: str) -> FastAPI:
    """One route, for `things.list`, which also asks about `things.read`; these actions are in the policy."""
    app = FastAPI()

    async def show() -> None: ...

    mark = allow("things.list", besides=("things.read",))
    app.add_api_route("/things", show, methods=["GET"], dependencies=[mark])
    app.state.wiring = SimpleNamespace(policy=dict.fromkeys(actions, ROLES))
    return app


def test_an_action_asked_about_besides_is_used() -> None:
    app = an_app("things.list", "things.read", "things.drop")
    assert unused_actions(app) == ["things.drop"]
    assert "GET /things" not in routes_without_policy(app)


def test_a_route_that_asks_about_an_unknown_action_has_no_policy() -> None:
    assert "GET /things" in routes_without_policy(an_app("things.list"))
    assert "GET /things" in routes_without_policy(an_app("things.read"))


def test_the_mark_of_a_route_names_both() -> None:
    mark = marks_of(an_app())["GET /things"]
    assert (getattr(mark, "action", ""), getattr(mark, "besides", ())) == ("things.list", ("things.read",))
