"""Skills checklists: our own forms, filled by the clinician, reviewed by a second person."""
