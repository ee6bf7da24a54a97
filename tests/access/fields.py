"""What an answer says of a thing, sent with a request about it: nobody sets an owner, a version or a state so."""

from tests.access.matrix import Matrix
from tests.access.operations import Operation
from tests.access.world import Thing


async def require_refused(matrix: Matrix) -> None:
    """Each field that only answers hold is refused by name where a body is asked for."""
    asked = [one for one in matrix.operations() if one.example is not None]
    assert asked
    fresh = Thing(names={**matrix.world.own.names, "source_reference": "R-2"}, rows={})  # an offer known is no new one
    for operation in asked:
        extra = sorted(set(_properties(operation.answer)) - set(_properties(operation.asked)))
        if not extra:
            continue
        body = {**operation.body(fresh), **dict.fromkeys(extra, "mine")}
        answer = await matrix.send(operation, matrix.world.own, claims={"roles": [_role(matrix, operation)]}, body=body)
        named = {error["pointer"] for error in answer.json().get("errors", ())}
        assert answer.status_code == 422, (operation.name, answer.text)
        assert named >= {f"/{name}" for name in extra}, (operation.name, answer.text)


def _properties(schema: object) -> dict[str, object]:
    """Those of an object, or of each that it may be."""
    if not isinstance(schema, dict):
        return {}
    found: dict[str, object] = dict(schema.get("properties", {}))
    for one in schema.get("anyOf", ()):
        found |= _properties(one)
    return found


def _role(matrix: Matrix, operation: Operation) -> str:
    """One that may send it."""
    allowed = matrix.app.state.wiring.policy[operation.mark.action]  # type: ignore[union-attr]
    return "lead" if "lead" in allowed else min(allowed - {"clinician", "virtual_specialist"})
