"""What the use cases of a batch will ask for, read and locked at once."""

from credentialing.storage import credentials, files
from shared.workstreams.loading import loader

load = loader(assignment_id=files.load_of_assignments, clinician_id=credentials.load_of_clinicians)
