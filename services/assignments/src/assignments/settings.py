"""The environment of assignments."""

from shared.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    """Where the departments answer previews; one without an address is named as not answering."""

    preview_url_credentialing: str | None = None
    preview_url_payroll: str | None = None
    preview_url_housing: str | None = None
    preview_url_timekeeping: str | None = None
