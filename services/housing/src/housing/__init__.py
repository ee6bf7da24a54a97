"""The housing case of every assignment: who gives the clinician a bed in which nights, and what that costs."""
