"""The environment of payroll."""

from shared.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    """Nothing beyond what every service reads."""
