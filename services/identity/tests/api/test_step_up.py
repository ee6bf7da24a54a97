"""What only somebody may do who signed in just now (RFC 9470)."""

from dataclasses import replace

import pytest

from services.identity.tests.api.browser import settled
from shared.contracts.identity import AccessWithdrawn, PersonChanged

SYSTEM = {"name": "Ward desk", "kind": "recruiter_system", "scopes": ["recruiting"], "sources": ["ward"]}


@pytest.mark.parametrize("minutes_ago", [None, 16])
async def test_accounts_and_secrets_are_changed_by_nobody_who_signed_in_long_ago(api, house, minutes_ago):
    """Each is done by somebody who signed in just now, so that the refusals are for the right reason."""
    person = await settled(api, roles=["lead"])
    client = (await api.post("/v1/api-clients", SYSTEM, role="administrator")).json()
    place = f"/v1/api-clients/{client['client_id']}"
    commands = [
        ("/v1/api-clients", {**SYSTEM, "name": "Another desk"}),
        (f"{place}:issue-secret", {}),
        (f"{place}/secrets/{client['secrets'][0]['secret_id']}:revoke", {"reason": "Lost"}),
        (f"/v1/people/{person['person_id']}:reset-second-factor", {}),
        (f"/v1/people/{person['person_id']}:change-roles", {"roles": ["coordinator"]}),
    ]
    long_ago = replace(api, signed_in_minutes_ago=minutes_ago)
    refused = [await long_ago.post(path, body, role="administrator") for path, body in commands]
    untouched = await api.get(place, role="administrator")
    said = (len(await house.said(PersonChanged)), len(await house.said(AccessWithdrawn)))
    done = [await api.post(path, body, role="administrator") for path, body in commands]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(401, "fresh_sign_in_needed")] * 5
    assert (untouched.headers["etag"], said) == ('"1"', (1, 0))
    assert [one.status_code for one in done] == [201, 201, 200, 200, 200]
