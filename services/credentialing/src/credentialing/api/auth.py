"""Who may do what in credentialing."""

SPECIALISTS = frozenset({"credentialing_specialist", "lead"})
LEADS = frozenset({"lead"})

POLICY = {
    "files.read": SPECIALISTS | {"clinician"},
    "items.receive": SPECIALISTS | {"coordinator"},
    "items.verify": SPECIALISTS,
    "items.reject": SPECIALISTS,
    "items.waive": LEADS,
    "private.record": SPECIALISTS | {"clinician"},
    "private.read": SPECIALISTS,
    "private.reveal": SPECIALISTS,
    "holds.place": LEADS,
    "holds.read": LEADS,
    "holds.release": LEADS,
    "previews.ask": SPECIALISTS | {"coordinator", "recruiter", "payroll_specialist", "housing_specialist"},
}
"""Health, background and I-9 items are read by specialists and their clinician; others see the file's readiness.

A clinician says what is private about themselves, and does not read it here.
"""
