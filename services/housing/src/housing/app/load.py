"""What the use cases of a batch will ask for, read and locked at once."""

from housing.storage import cases
from shared.workstreams.loading import loader

load = loader(assignment_id=cases.load_of_assignments)
