"""Who may do what in payroll."""

SPECIALISTS = frozenset({"payroll_specialist", "lead"})

POLICY = {
    "profiles.read": SPECIALISTS,
    "pieces.record": SPECIALISTS,
    "packages.accept": SPECIALISTS,
    "previews.ask": SPECIALISTS | {"coordinator", "recruiter", "credentialing_specialist", "housing_specialist"},
}
"""What somebody earns is read by payroll only; others see how far the profile is, in readiness."""
