"""What the use cases of a batch will ask for, read and locked at once."""

from payroll.storage import held_pieces, profiles
from shared.workstreams.loading import loader

load = loader(clinician_id=held_pieces.load_of_clinicians, assignment_id=profiles.load_of_assignments)
