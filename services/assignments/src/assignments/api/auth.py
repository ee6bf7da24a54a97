"""Who may do what in assignments."""

FRONT = frozenset({"recruiter", "coordinator", "lead"})
LIFECYCLE = frozenset({"coordinator", "lead"})
SPECIALISTS = frozenset(
    {"credentialing_specialist", "payroll_specialist", "housing_specialist", "timekeeping_specialist"}
)

POLICY = {
    "directory.read": FRONT | SPECIALISTS | {"facility_approver"},
    "directory.write": FRONT,
    "assignments.read": FRONT | SPECIALISTS | {"clinician"},
    "assignments.offer": FRONT,
    "assignments.accept": FRONT,
    "assignments.decline": FRONT,
    "assignments.cancel": FRONT,
    "assignments.sign_agreement": FRONT,
    "assignments.push_start": FRONT,
    "assignments.advance_start": FRONT,
    "assignments.extend": FRONT,
    "assignments.amend": FRONT,
    "assignments.confirm": LIFECYCLE,
    "assignments.end_early": LIFECYCLE,
    "assignments.change_terms": LIFECYCLE,
    "assignments.float": LIFECYCLE,
    "assignments.start": LIFECYCLE,
    "assignments.end": LIFECYCLE,
    "assignments.terminate": LIFECYCLE,
    "assignments.no_show": LIFECYCLE,
}
"""Recruiters bring assignments in and agree with clinicians; what happens at work is the coordinators'.

A clinician reads their own assignments, a facility's approver the entry of their facility.
"""
