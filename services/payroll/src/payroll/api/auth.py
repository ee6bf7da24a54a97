"""Who may do what in payroll."""

SPECIALISTS = frozenset({"payroll_specialist", "lead"})
LEADS = frozenset({"lead"})

POLICY = {
    "profiles.read": SPECIALISTS,
    "pieces.record": SPECIALISTS,
    "packages.accept": SPECIALISTS,
    "private.record": SPECIALISTS | {"clinician"},
    "private.read": SPECIALISTS,
    "private.reveal": SPECIALISTS,
    "holds.place": LEADS,
    "holds.read": LEADS,
    "holds.release": LEADS,
    "previews.ask": SPECIALISTS | {"coordinator", "recruiter", "credentialing_specialist", "housing_specialist"},
}
"""What somebody earns is read by payroll only; others see how far the profile is, in readiness.

A clinician says where their pay goes, and does not read it here.
"""
