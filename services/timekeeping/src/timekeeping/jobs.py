"""What timekeeping does by itself: it looks again at assignments over which time passed."""

from shared.runtime.jobs import Jobs
from shared.workstreams.looking import SWEEP_SECONDS, sweep
from timekeeping.app.load import load
from timekeeping.app.look_again import look_again

jobs = Jobs()
jobs.every(seconds=SWEEP_SECONDS)(sweep(load, look_again))
