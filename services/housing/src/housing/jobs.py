"""What housing does by itself: it looks again at assignments over which time passed."""

from housing.app.load import load
from housing.app.look_again import look_again
from shared.runtime.jobs import Jobs
from shared.workstreams.looking import SWEEP_SECONDS, sweep

jobs = Jobs()
jobs.every(seconds=SWEEP_SECONDS)(sweep(load, look_again))
