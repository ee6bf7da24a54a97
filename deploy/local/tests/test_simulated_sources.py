"""The simulated sources run as a program of this machine, and credentialing is told where they are."""

import asyncio
import json

import httpx
import pytest

from firstshift.child import Child
from firstshift.home import Home
from firstshift.narration import Narration
from firstshift.ports import give_port
from firstshift.simulated_sources_program import SOURCES, SOURCES_PORT, addresses_of_sources, sources_program


def test_credentialing_alone_is_told_where_sources_are() -> None:
    told = addresses_of_sources("credentialing", "http://127.0.0.1:8490", secret="s")
    assert told["SOURCE_NPPES_URL"] == "http://127.0.0.1:8490/nppes"
    assert addresses_of_sources("payroll", "http://127.0.0.1:8490", secret="s") == {}


def test_a_real_source_that_the_environment_names_is_not_simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_BACKGROUND_URL", "https://vendor.example")
    told = addresses_of_sources("credentialing", "http://127.0.0.1:8490", secret="s")
    assert not any(name.startswith("SOURCE_BACKGROUND_") for name in told)
    assert "SOURCE_LICENCES_URL" in told


async def test_the_program_answers_as_its_sources_do(home: Home, narration: Narration) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        port = give_port(home, SOURCES, SOURCES_PORT)
        program = sources_program(home, port, asker_url="", http=http)
        child = Child(program, narration.part(program.name))
        child.start()
        try:
            async with asyncio.timeout(30):
                await child.until_ready()
            url = f"http://127.0.0.1:{port}"
            found = (await http.get(f"{url}/nppes/", params={"version": "2.1", "number": "1234567893"})).json()
            refused = (await http.get(f"{url}/nppes/", params={"version": "2.1", "number": "12"})).json()
            noted = (await http.get(f"{url}/log")).json()
        finally:
            await child.stop()
    assert found["results"][0]["number"] == "1234567893"
    assert "10 digits" in json.dumps(refused["Errors"])
    assert len(noted) == 2
