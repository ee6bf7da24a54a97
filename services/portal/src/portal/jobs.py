"""What the portal does by itself."""

from shared.runtime.jobs import Jobs

jobs = Jobs()
