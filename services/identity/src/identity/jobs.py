"""What identity does by itself."""

from identity.app.forget_over import forget_over
from identity.app.rotate_keys import rotate_keys
from identity.clients.signing import Signer
from shared.db.work import Work
from shared.runtime.jobs import Jobs


def jobs_with(signer: Signer) -> Jobs:
    """The jobs of a service that signs so."""
    jobs = Jobs()

    @jobs.every(seconds=60)
    async def rotate_signing_keys(work: Work) -> int:
        """Makes the first keys, and has the next one sign when the present one did for 30 days."""
        await rotate_keys(work, signer=signer)
        return 0  # there is never more to do at once

    @jobs.every(seconds=300)
    async def forget_what_is_over(work: Work) -> int:
        """Deletes sign-ins, codes, tokens and failures that have long ended; returns how many."""
        return await forget_over(work)

    return jobs
