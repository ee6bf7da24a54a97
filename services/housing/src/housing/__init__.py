"""One housing case per assignment: stipend, agency unit or not needed."""
