"""Loads the demo data into a fresh data folder, after readiness; a failure is told, and everything keeps running."""

from collections.abc import Mapping

import httpx

from firstshift.demo import load
from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.narration import Narration
from firstshift.services import base_url
from firstshift.tokens import sign_token


async def load_demo(home: Home, ports: Mapping[str, int], narration: Narration) -> bool:
    """Load the demo data unless this folder has it. Returns whether it is there."""
    loaded = home.root / "demo.loaded"
    if loaded.exists():
        return True
    narration.say("loading the demo data …")
    urls = {service: base_url(port) for service, port in ports.items()}
    try:
        with narration.hushed():
            told = await load(urls, lambda role: sign_token(home, roles=[role]))
    except (httpx.HTTPError, CannotRun) as error:
        narration.say(f"the demo data was not loaded whole: {error}", style="bold red")
        return False
    loaded.touch()
    narration.say(f"demo data: {told}")
    return True
