"""What assignments does by itself: it forgets whom it was told to forget."""

from assignments.app.forget_clinicians import forget_clinicians
from shared.runtime.jobs import Jobs

jobs = Jobs()
jobs.every(seconds=60)(forget_clinicians)
