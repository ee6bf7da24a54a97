"""Who may do what in timekeeping."""

SPECIALISTS = frozenset({"timekeeping_specialist", "lead"})
COORDINATORS = SPECIALISTS | {"coordinator"}
OTHERS = frozenset({"recruiter", "credentialing_specialist", "payroll_specialist", "housing_specialist"})

POLICY = {
    "plans.read": COORDINATORS | {"credentialing_specialist", "payroll_specialist", "clinician", "facility_approver"},
    "clocks.register": COORDINATORS,
    "approvers.name": COORDINATORS,
    "shifts.record": COORDINATORS,
    "previews.ask": COORDINATORS | OTHERS,
}
"""A clinician reads their own plan, a facility's approver those of their facility; specialists of credentialing see
which shifts a lapse blocks."""
