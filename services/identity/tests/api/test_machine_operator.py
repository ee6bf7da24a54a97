"""The operator client that whoever runs the machine makes without an administrator."""

from joserfc import jwt
from joserfc.jwk import KeySet

from identity.domain.api_client import MACHINE_OPERATOR
from identity.main import operator_secret
from identity.settings import Settings


async def token(api, client, secret):
    form = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": secret}
    return await api.client.post("/token", data=form)


async def test_it_is_an_operator_and_no_more(api, keys, environment):
    client, secret = await operator_secret(Settings(**environment))
    answer = await token(api, client, secret)
    published = KeySet.import_key_set((await api.client.get("/.well-known/jwks.json")).json())
    claims = jwt.decode(answer.json()["access_token"], published, algorithms=["Ed25519"]).claims
    assert (claims["sub"], claims["roles"], answer.json()["scope"]) == (client.client_id, ["operator"], "operations")
    assert (client.name, client.registered_by) == (MACHINE_OPERATOR, "system:identity")


async def test_there_is_one_and_its_newest_secret_alone_is_good(api, keys, environment):
    made = [await operator_secret(Settings(**environment)) for _ in range(3)]
    answers = [await token(api, client, secret) for client, secret in made]
    listed = (await api.get("/v1/api-clients", role="administrator")).json()["items"]
    assert [answer.status_code for answer in answers] == [401, 401, 200]
    assert ([one["name"] for one in listed], {client.client_id for client, _ in made}) == (
        [MACHINE_OPERATOR],
        {listed[0]["client_id"]},
    )


async def test_one_that_an_administrator_disabled_stays_so(api, keys, environment):
    client, secret = await operator_secret(Settings(**environment))
    await api.post(f"/v1/api-clients/{client.client_id}:disable", {"reason": "Lost"}, role="administrator")
    other, fresh = await operator_secret(Settings(**environment))
    answers = [await token(api, *one) for one in ((client, secret), (other, fresh))]
    assert other.client_id != client.client_id
    assert [answer.status_code for answer in answers] == [401, 200]


async def test_another_client_of_its_name_is_not_taken_for_it(api, keys, environment):
    system = {"kind": "recruiter_system", "scopes": ["recruiting"], "sources": ["ward"], "name": MACHINE_OPERATOR}
    stranger = (await api.post("/v1/api-clients", system, role="administrator")).json()
    client, _ = await operator_secret(Settings(**environment))
    assert client.client_id != stranger["client_id"]
    assert client.kind == "service_operator"
