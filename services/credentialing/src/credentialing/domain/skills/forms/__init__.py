"""The forms, one file for each few units; own wording throughout."""
