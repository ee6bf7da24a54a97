"""What the vault of a service does by itself."""

from shared.runtime.jobs import Job
from shared.vault.erasures import Erasures
from shared.vault.private_values import PrivateValues

SECONDS = 60


def vault_jobs(values: PrivateValues, erasures: Erasures) -> tuple[Job, ...]:
    """Does erasures that waited or that a restore undid; seals with the present key what a retired one sealed."""
    return (
        Job("settle_erasures", erasures.settle_due, seconds=SECONDS),
        Job("repeat_erasures", erasures.repeat, seconds=SECONDS),
        Job("reseal", values.reseal, seconds=SECONDS),
    )
