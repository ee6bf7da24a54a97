"""The seam to the demo data: `firstshift.demo`, if there, fills a fresh data folder through the public APIs.

    async def load(urls: Mapping[str, str], token: Callable[[str], str]) -> None

`urls` gives each service's base URL; `token(role)` signs a fresh token. It runs once per data
folder, after readiness.
"""

import importlib
from collections.abc import Mapping
from importlib.util import find_spec

import httpx

from firstshift.home import Home
from firstshift.narration import Narration
from firstshift.services import base_url
from firstshift.tokens import sign_token

MODULE = "firstshift.demo"


async def load_demo(home: Home, ports: Mapping[str, int], narration: Narration) -> None:
    """Load the demo data unless this folder has it; a failure is told, and everything keeps running."""
    loaded = home.root / "demo.loaded"
    if loaded.exists() or find_spec(MODULE) is None:
        return
    narration.say("loading the demo data")
    urls = {service: base_url(port) for service, port in ports.items()}
    try:
        await importlib.import_module(MODULE).load(urls, lambda role: sign_token(home, roles=[role]))
    except httpx.HTTPError as error:
        narration.say(f"the demo data was not loaded whole ({error}); the next `up` tries again", style="bold red")
        return
    loaded.touch()
