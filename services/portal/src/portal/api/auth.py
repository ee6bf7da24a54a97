"""Who may do what in the portal."""

SPECIALISTS = frozenset(
    {"credentialing_specialist", "payroll_specialist", "housing_specialist", "timekeeping_specialist"}
)
COORDINATORS = frozenset({"coordinator", "lead"})
WORKERS = SPECIALISTS | COORDINATORS
READERS = WORKERS | {"recruiter", "payroll_preparer", "payroll_approver"}

POLICY: dict[str, frozenset[str]] = {
    "queue.read": WORKERS,
    "items.take": WORKERS,
    "items.assign": COORDINATORS,
    "items.hand_over": WORKERS,
    "items.snooze": WORKERS,
    "tasks.open": WORKERS,
    "tasks.finish": WORKERS,
    "assignments.read": READERS,
    "files.read": frozenset({"credentialing_specialist", "coordinator", "lead"}),
    "packets.read": frozenset({"credentialing_specialist", "lead"}),
    "references.read": frozenset({"credentialing_specialist", "lead"}),
    "references.ask": frozenset({"credentialing_specialist", "lead"}),
    "skills.read": frozenset({"credentialing_specialist", "lead"}),
    "skills.review": frozenset({"credentialing_specialist", "lead"}),
    "expirables.read": frozenset({"credentialing_specialist", "coordinator", "lead"}),
    "exclusions.read": frozenset({"credentialing_specialist", "lead"}),
    "measures.read": frozenset({"credentialing_specialist", "lead"}),
    "measures.draw": frozenset({"lead"}),
    "measures.audit": frozenset({"credentialing_specialist", "lead"}),
    "adverse.read": frozenset({"credentialing_specialist", "lead"}),
    "adverse.open": frozenset({"credentialing_specialist", "lead"}),
    "adverse.decide": frozenset({"lead"}),
    "sources.read": frozenset({"lead"}),
    "clinicians.export": frozenset({"credentialing_specialist", "lead"}),
    "profiles.import": frozenset({"credentialing_specialist", "lead"}),
    "assertions.accept": frozenset({"lead"}),
    "audit_packets.read": frozenset({"lead"}),
    "rules.read": frozenset({"credentialing_specialist", "coordinator", "lead"}),
    "rules.write": frozenset({"lead"}),
    "directory.read": READERS,
    "boards.read": READERS,
    "funnel.read": READERS,
    "notes.write": WORKERS | {"recruiter"},
    "views.keep": READERS,
    "repairs.read": frozenset({"operator"}),
    "repairs.settle": frozenset({"operator"}),
    "live.listen": READERS | {"operator"},
    "search.read": READERS,
    "pages.find": frozenset({"operator"}),
    "commands.send": READERS,
    "own.read": frozenset({"clinician"}),
    "own.send": frozenset({"clinician"}),
    "status.read": frozenset({"status_reader"}),
}
"""The portal decides who does an item; what a department's command may do, the department decides.

A specialist takes what is open and hands over what is theirs; only a coordinator gives work to somebody else.
"""
