"""What the use cases of a batch will ask for, read and locked at once."""

from shared.workstreams.loading import loader
from timekeeping.storage import plans

load = loader(assignment_id=plans.load_of_assignments)
