"""The read model, fed by events, and what is the portal's own: who does what, notes, saved views, sessions."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Index, Integer, LargeBinary, Table, Text, Uuid, text

from shared.db.documents import document_table, service_tables

metadata = service_tables()

NOT_BEGUN = "is_open AND state IN ('offered', 'accepted', 'confirmed', 'onboarding', 'cleared')"
"""What an index of `assignment` holds: a statement that says the same uses it (`storage.board`)."""


def _text(name: str, *, nullable: bool = True, comment: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=nullable, comment=comment)


def _instant(name: str, *, nullable: bool = True, comment: str | None = None) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable, comment=comment)


# Different topics have no order among them, so a row may be made by what comes first and know the rest later: whatever
# another event tells is nullable.
assignment = Table(
    "assignment",
    metadata,
    Column("assignment_id", Text, primary_key=True),
    _text("source"),
    _text("source_reference"),
    _text("clinician_id"),
    _text("client_id"),
    _text("facility_id"),
    _text("unit"),
    _text("discipline"),
    _text("specialty"),
    _text("work_state", comment="the facility's state; null until the facility is known"),
    _text("time_zone", comment="the facility's; null until the facility is known"),
    _text("state", comment="where the assignment is on its way; null until the offer arrived"),
    Column("is_open", Boolean, nullable=False),
    Column("start_date", Date),
    Column("end_date", Date),
    Column("first_start_date", Date, comment="as the accepted offer promised it"),
    Column("terms_version", Integer),
    Column("signed_version", Integer, comment="the newest terms that an agreement states"),
    Column("weekly_value_cents", BigInteger, comment="guaranteed hours a week at the regular bill rate"),
    _instant("accepted_at"),
    _instant("confirmed_at"),
    _instant("cleared_at"),
    _instant("ready_at"),
    Column("cleared_through", Date),
    Column("started_on", Date),
    Column("ended_on", Date),
    _text("end_reason"),
    _text("first_statement_id", comment="the pay statement with the earliest pay date"),
    Column("first_paid_on", Date),
    Column("is_paid_right", Boolean),
    _text("credentialing", comment="how far the department is; null until it said so"),
    _text("payroll"),
    _text("housing"),
    _text("timekeeping"),
    Column("expected_ready_on", Date, comment="the latest of the departments that are not ready"),
    _text("risk", nullable=False, comment="on_track, at_risk, late, blocked or over; by what is known, not by today"),
    Column("open_items", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    _instant("changed_at", nullable=False),
    Index("ix_assignment_start", "is_open", "start_date", "assignment_id"),
    Index("ix_assignment_not_begun", "start_date", "assignment_id", postgresql_where=text(NOT_BEGUN)),
    Index("ix_assignment_accepted_at", "accepted_at", "assignment_id"),
    Index("ix_assignment_clinician_id", "clinician_id"),
    Index("ix_assignment_facility_id", "facility_id", "start_date"),
    Index("ix_assignment_changed_at", "changed_at"),
)

facility = Table(
    "facility",
    metadata,
    Column("facility_id", Text, primary_key=True),
    _text("work_state", nullable=False, comment="two letters"),
    _text("time_zone", nullable=False),
    Column("version", Integer, nullable=False),
)

terms = Table(
    "terms",
    metadata,
    Column("assignment_id", Text, primary_key=True),
    Column("terms_version", Integer, primary_key=True),
    Column("effective_on", Date, nullable=False),
    _text("why", comment="null for the offer itself"),
    _text("changed", nullable=False, comment="names of the fields that differ from the version before, as JSON"),
    _text("actor", nullable=False),
    _instant("at", nullable=False),
    _text("body", nullable=False, comment="the whole terms as JSON"),
)

# Every service's database has the mechanism's own `workstream` and `work_item` (what a department said last): these
# two are called otherwise in SQL.
workstream = Table(
    "queue_stream",
    metadata,
    Column("assignment_id", Text, primary_key=True),
    Column("department", Text, primary_key=True),
    _text("status", nullable=False),
    Column("terms_version", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("expected_ready_on", Date),
    _text("blockers", nullable=False, comment="as the department said them, as JSON"),
    _instant("since", nullable=False, comment="when the status became what it is"),
    Column("version", Integer, nullable=False),
    _instant("changed_at", nullable=False),
    Index("ix_queue_stream_changed_at", "changed_at"),
)

work_item = Table(
    "queue_item",
    metadata,
    Column("work_item_id", Text, primary_key=True),
    _text("department", nullable=False, comment="who opened it; portal for a task that a person wrote"),
    _text("kind", nullable=False),
    _text("title", comment="a task's own words"),
    _text("assignment_id"),
    _text("open_of", comment="the assignment while the item is open: finds its few open items among the many closed"),
    _text("facility_id"),
    _text("clinician_id"),
    _text("source"),
    Column("start_date", Date, comment="the assignment's, until it started or ended"),
    _instant("due_at", nullable=False),
    _instant("rank_at", nullable=False, comment="when it counts as due; the queue's order"),
    _text("rank_reasons", nullable=False, comment="why it counts as due before it is, as JSON"),
    Column("weight", Integer, nullable=False, comment="minutes of effort"),
    Column("money_at_stake_cents", BigInteger),
    _text("skill", nullable=False),
    _text("partition", nullable=False),
    _text("playbook"),
    _text("actions", nullable=False, comment="commands that complete it, as JSON"),
    Column("is_open", Boolean, nullable=False),
    _text("status", nullable=False, comment="open, completed or withdrawn"),
    _instant("opened_at", nullable=False),
    _instant("closed_at"),
    _text("closed_by"),
    _text("closed_why"),
    _text("owner_id", comment="who does it; null: nobody yet"),
    _instant("owned_at"),
    _text("owner_note", comment="what the one before said when handing it over"),
    _instant("snoozed_until"),
    _text("snoozed_for", comment="the kind of event that wakes it before, such as agreement.signed"),
    _text("opened_by"),
    Column("told", Integer, nullable=False, comment="events of work_item.assigned published so far"),
    Column("version", Integer, nullable=False),
    _instant("changed_at", nullable=False),
    Index("ix_queue_item_rank", "is_open", "rank_at", "work_item_id"),
    Index("ix_queue_item_owner", "owner_id", "is_open", "rank_at", "work_item_id"),
    Index("ix_queue_item_department", "department", "is_open", "rank_at", "work_item_id"),
    Index("ix_queue_item_assignment_id", "assignment_id", "is_open"),
    Index("ix_queue_item_open_of", "open_of", postgresql_where=text("open_of IS NOT NULL")),
    Index("ix_queue_item_facility_id", "facility_id", "is_open", "rank_at"),
    Index("ix_queue_item_clinician_id", "clinician_id"),
    Index("ix_queue_item_snoozed_until", "snoozed_until"),
    Index("ix_queue_item_changed_at", "changed_at"),
    Index("ix_queue_item_closed_at", "closed_at", "owner_id"),
)

timeline_entry = Table(
    "timeline_entry",
    metadata,
    Column("entry_id", Uuid, primary_key=True, comment="the event's id"),
    _text("assignment_id"),
    _text("clinician_id"),
    _text("facility_id"),
    _text("work_item_id"),
    _instant("at", nullable=False),
    _text("service", nullable=False),
    _text("type", nullable=False),
    _text("key", nullable=False),
    Column("aggregate_version", Integer, nullable=False),
    _text("actor", nullable=False),
    _text("correlation_id"),
    _text("causation_id"),
    _text("payload", comment="the event's value as it came; ids only"),
    Index("ix_timeline_entry_assignment", "assignment_id", "at", "entry_id"),
    Index("ix_timeline_entry_clinician", "clinician_id", "at", "entry_id"),
    Index("ix_timeline_entry_work_item", "work_item_id"),
)

note = document_table(
    "note",
    metadata,
    Column("about", Text, nullable=False, comment="assignment, clinician, facility or work_item"),
    Column("about_id", Text, nullable=False),
    Column("assignment_id", Text),
    Column("facility_id", Text),
    Column("clinician_id", Text),
    Column("source", Text),
    Column("author_id", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("ix_note_about", "about", "about_id", "at"),
    Index("ix_note_assignment_id", "assignment_id", "at"),
    Index("ix_note_clinician_id", "clinician_id", "at"),
    Index("ix_note_at", "at"),
    key="note_id",
    is_part=True,  # it is found through what it is about, which is kept within the principal's reach
)

mention = Table(
    "mention",
    metadata,
    Column("note_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    _instant("at", nullable=False),
    _instant("seen_at"),
    Index("ix_mention_person_id", "person_id", "seen_at", "at"),
)

saved_view = document_table(
    "saved_view",
    metadata,
    Column("owner_id", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("team", Text, comment="whose view it is besides its owner's; null: the owner's alone"),
    Index("ix_saved_view_owner_id", "owner_id", "page"),
    Index("ix_saved_view_team", "team", "page"),
    key="view_id",
    is_part=True,
)

browser_session = Table(
    "browser_session",
    metadata,
    Column("session_hash", Text, primary_key=True, comment="SHA-256 of the cookie's secret, as hexadecimal digits"),
    _text("subject", nullable=False, comment="the person, or the link that somebody came by"),
    _text("kind", nullable=False, comment="person or link"),
    Column("tokens", LargeBinary, nullable=False, comment="sealed: access, refresh and ID token"),
    _instant("access_ends_at", nullable=False),
    _instant("began_at", nullable=False),
    _instant("seen_at", nullable=False),
    _instant("ends_at", nullable=False),
    Index("ix_browser_session_subject", "subject"),
    Index("ix_browser_session_ends_at", "ends_at"),
)

presence = Table(
    "presence",
    metadata,
    Column("place", Text, primary_key=True, comment="the page, such as an assignment's id"),
    Column("person_id", Text, primary_key=True),
    _instant("seen_at", nullable=False),
    prefixes=["UNLOGGED"],
)
