"""What payroll does by itself: it looks again at assignments over which time passed."""

from payroll.app.load import load
from payroll.app.look_again import look_again
from shared.runtime.jobs import Jobs
from shared.workstreams.looking import SWEEP_SECONDS, sweep

jobs = Jobs()
jobs.every(seconds=SWEEP_SECONDS)(sweep(load, look_again))
