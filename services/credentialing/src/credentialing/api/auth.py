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
"""A health, background or I-9 item is read by specialists and its clinician; others see how far the file is, in readiness.

A clinician says what is private about themselves, and does not read it here.
"""
