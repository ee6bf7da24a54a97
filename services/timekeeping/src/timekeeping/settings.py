"""The environment of timekeeping."""

from shared.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    """Nothing beyond what every service reads."""
