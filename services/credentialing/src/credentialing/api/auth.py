"""Who may do what in credentialing."""

SPECIALISTS = frozenset({"credentialing_specialist", "lead"})

POLICY = {
    "files.read": SPECIALISTS,
    "items.receive": SPECIALISTS | {"coordinator"},
    "items.verify": SPECIALISTS,
    "items.reject": SPECIALISTS,
    "items.waive": frozenset({"lead"}),
    "previews.ask": SPECIALISTS | {"coordinator", "recruiter", "payroll_specialist", "housing_specialist"},
}
"""A health, background or I-9 item is read by specialists only; others see how far the file is, in readiness."""
