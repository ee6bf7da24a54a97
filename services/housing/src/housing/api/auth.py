"""Who may do what in housing."""

SPECIALISTS = frozenset({"housing_specialist", "lead"})
ARRANGERS = SPECIALISTS | {"coordinator"}

POLICY = {
    "cases.read": ARRANGERS | {"payroll_specialist", "clinician"},
    "cases.record_agreement": ARRANGERS,
    "cases.confirm_own_housing": ARRANGERS,
    "cases.choose_unit": ARRANGERS,
    "cases.book": SPECIALISTS,
    "cases.release": SPECIALISTS,
    "cases.check_out": ARRANGERS,
    "releases.record_liability": SPECIALISTS,
    "previews.ask": ARRANGERS | {"recruiter", "payroll_specialist", "credentialing_specialist"},
}
"""Whatever commits the agency's money, or gives up what it paid for, is a specialist's; payroll reads the costs.

A clinician reads their own case.
"""
