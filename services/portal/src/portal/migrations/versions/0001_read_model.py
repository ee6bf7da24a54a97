"""the read model, and what is the portal's own"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_reference", sa.Text(), nullable=True),
        sa.Column("clinician_id", sa.Text(), nullable=True),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("facility_id", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("discipline", sa.Text(), nullable=True),
        sa.Column("specialty", sa.Text(), nullable=True),
        sa.Column(
            "work_state", sa.Text(), nullable=True, comment="the facility's state; null until the facility is known"
        ),
        sa.Column("time_zone", sa.Text(), nullable=True, comment="the facility's; null until the facility is known"),
        sa.Column(
            "state",
            sa.Text(),
            nullable=True,
            comment="where the assignment is on its way; null until the offer arrived",
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("first_start_date", sa.Date(), nullable=True, comment="as the accepted offer promised it"),
        sa.Column("terms_version", sa.Integer(), nullable=True),
        sa.Column("signed_version", sa.Integer(), nullable=True, comment="the newest terms that an agreement states"),
        sa.Column(
            "weekly_value_cents",
            sa.BigInteger(),
            nullable=True,
            comment="guaranteed hours a week at the regular bill rate",
        ),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_through", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column(
            "first_statement_id", sa.Text(), nullable=True, comment="the pay statement with the earliest pay date"
        ),
        sa.Column("first_paid_on", sa.Date(), nullable=True),
        sa.Column("is_paid_right", sa.Boolean(), nullable=True),
        sa.Column(
            "credentialing", sa.Text(), nullable=True, comment="how far the department is; null until it said so"
        ),
        sa.Column("payroll", sa.Text(), nullable=True),
        sa.Column("housing", sa.Text(), nullable=True),
        sa.Column("timekeeping", sa.Text(), nullable=True),
        sa.Column(
            "expected_ready_on", sa.Date(), nullable=True, comment="the latest of the departments that are not ready"
        ),
        sa.Column(
            "risk",
            sa.Text(),
            nullable=False,
            comment="on_track, at_risk, late, blocked or over; by what is known, not by today",
        ),
        sa.Column("open_items", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_accepted_at", "assignment", ["accepted_at", "assignment_id"], unique=False)
    op.create_index("ix_assignment_changed_at", "assignment", ["changed_at"], unique=False)
    op.create_index("ix_assignment_clinician_id", "assignment", ["clinician_id"], unique=False)
    op.create_index("ix_assignment_facility_id", "assignment", ["facility_id", "start_date"], unique=False)
    op.create_index("ix_assignment_start", "assignment", ["is_open", "start_date", "assignment_id"], unique=False)
    op.create_table(
        "browser_session",
        sa.Column(
            "session_hash", sa.Text(), nullable=False, comment="SHA-256 of the cookie's secret, as hexadecimal digits"
        ),
        sa.Column("subject", sa.Text(), nullable=False, comment="the person, or the link that somebody came by"),
        sa.Column("kind", sa.Text(), nullable=False, comment="person or link"),
        sa.Column("tokens", sa.LargeBinary(), nullable=False, comment="sealed: access, refresh and ID token"),
        sa.Column("access_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_hash", name=op.f("pk_browser_session")),
    )
    op.create_index("ix_browser_session_ends_at", "browser_session", ["ends_at"], unique=False)
    op.create_index("ix_browser_session_subject", "browser_session", ["subject"], unique=False)
    op.create_table(
        "facility",
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("work_state", sa.Text(), nullable=False, comment="two letters"),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("facility_id", name=op.f("pk_facility")),
    )
    op.create_table(
        "mention",
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("note_id", "person_id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_person_id", "mention", ["person_id", "seen_at", "at"], unique=False)
    op.create_table(
        "note",
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False, comment="assignment, clinician, facility or work_item"),
        sa.Column("about_id", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Text(), nullable=True),
        sa.Column("facility_id", sa.Text(), nullable=True),
        sa.Column("clinician_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_note")),
        info={"is_part": False, "is_agency_wide": False},
    )
    op.create_index("ix_note_about", "note", ["about", "about_id", "at"], unique=False)
    op.create_index("ix_note_assignment_id", "note", ["assignment_id", "at"], unique=False)
    op.create_index("ix_note_clinician_id", "note", ["clinician_id", "at"], unique=False)
    op.create_table(
        "presence",
        sa.Column("place", sa.Text(), nullable=False, comment="the page, such as an assignment's id"),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("place", "person_id", name=op.f("pk_presence")),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "saved_view",
        sa.Column("view_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column(
            "team", sa.Text(), nullable=True, comment="whose view it is besides its owner's; null: the owner's alone"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("view_id", name=op.f("pk_saved_view")),
        info={"is_part": True, "is_agency_wide": False},
    )
    op.create_index("ix_saved_view_owner_id", "saved_view", ["owner_id", "page"], unique=False)
    op.create_index("ix_saved_view_team", "saved_view", ["team", "page"], unique=False)
    op.create_table(
        "terms",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True, comment="null for the offer itself"),
        sa.Column(
            "changed",
            sa.Text(),
            nullable=False,
            comment="names of the fields that differ from the version before, as JSON",
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole terms as JSON"),
        sa.PrimaryKeyConstraint("assignment_id", "terms_version", name=op.f("pk_terms")),
    )
    op.create_table(
        "timeline_entry",
        sa.Column("entry_id", sa.Uuid(), nullable=False, comment="the event's id"),
        sa.Column("assignment_id", sa.Text(), nullable=True),
        sa.Column("clinician_id", sa.Text(), nullable=True),
        sa.Column("facility_id", sa.Text(), nullable=True),
        sa.Column("work_item_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("aggregate_version", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("correlation_id", sa.Text(), nullable=True),
        sa.Column("causation_id", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True, comment="the event's value as it came; ids only"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_timeline_entry")),
    )
    op.create_index("ix_timeline_entry_assignment", "timeline_entry", ["assignment_id", "at", "entry_id"], unique=False)
    op.create_index("ix_timeline_entry_clinician", "timeline_entry", ["clinician_id", "at", "entry_id"], unique=False)
    op.create_index("ix_timeline_entry_work_item", "timeline_entry", ["work_item_id"], unique=False)
    op.create_table(
        "queue_item",
        sa.Column("work_item_id", sa.Text(), nullable=False),
        sa.Column(
            "department", sa.Text(), nullable=False, comment="who opened it; portal for a task that a person wrote"
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True, comment="a task's own words"),
        sa.Column("assignment_id", sa.Text(), nullable=True),
        sa.Column(
            "open_of",
            sa.Text(),
            nullable=True,
            comment="the assignment while the item is open: finds its few open items among the many closed",
        ),
        sa.Column("facility_id", sa.Text(), nullable=True),
        sa.Column("clinician_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=True, comment="the assignment's, until it started or ended"),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "rank_at", sa.DateTime(timezone=True), nullable=False, comment="when it counts as due; the queue's order"
        ),
        sa.Column("rank_reasons", sa.Text(), nullable=False, comment="why it counts as due before it is, as JSON"),
        sa.Column("weight", sa.Integer(), nullable=False, comment="minutes of effort"),
        sa.Column("money_at_stake_cents", sa.BigInteger(), nullable=True),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("partition", sa.Text(), nullable=False),
        sa.Column("playbook", sa.Text(), nullable=True),
        sa.Column("actions", sa.Text(), nullable=False, comment="commands that complete it, as JSON"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False, comment="open, completed or withdrawn"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("closed_why", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Text(), nullable=True, comment="who does it; null: nobody yet"),
        sa.Column("owned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner_note", sa.Text(), nullable=True, comment="what the one before said when handing it over"),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "snoozed_for",
            sa.Text(),
            nullable=True,
            comment="the kind of event that wakes it before, such as agreement.signed",
        ),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False, comment="events of work_item.assigned published so far"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("work_item_id", name=op.f("pk_queue_item")),
    )
    op.create_index("ix_queue_item_assignment_id", "queue_item", ["assignment_id", "is_open"], unique=False)
    op.create_index("ix_queue_item_changed_at", "queue_item", ["changed_at"], unique=False)
    op.create_index("ix_queue_item_clinician_id", "queue_item", ["clinician_id"], unique=False)
    op.create_index("ix_queue_item_closed_at", "queue_item", ["closed_at", "owner_id"], unique=False)
    op.create_index(
        "ix_queue_item_department", "queue_item", ["department", "is_open", "rank_at", "work_item_id"], unique=False
    )
    op.create_index("ix_queue_item_facility_id", "queue_item", ["facility_id", "is_open", "rank_at"], unique=False)
    op.create_index(
        "ix_queue_item_owner", "queue_item", ["owner_id", "is_open", "rank_at", "work_item_id"], unique=False
    )
    op.create_index(
        "ix_queue_item_open_of",
        "queue_item",
        ["open_of"],
        unique=False,
        postgresql_where=sa.text("open_of IS NOT NULL"),
    )
    op.create_index("ix_queue_item_rank", "queue_item", ["is_open", "rank_at", "work_item_id"], unique=False)
    op.create_index("ix_queue_item_snoozed_until", "queue_item", ["snoozed_until"], unique=False)
    op.create_table(
        "queue_stream",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("expected_ready_on", sa.Date(), nullable=True),
        sa.Column("blockers", sa.Text(), nullable=False, comment="as the department said them, as JSON"),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False, comment="when the status became what it is"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("assignment_id", "department", name=op.f("pk_queue_stream")),
    )


def downgrade() -> None:
    op.drop_table("queue_stream")
    op.drop_index("ix_queue_item_snoozed_until", table_name="queue_item")
    op.drop_index("ix_queue_item_rank", table_name="queue_item")
    op.drop_index("ix_queue_item_open_of", table_name="queue_item")
    op.drop_index("ix_queue_item_owner", table_name="queue_item")
    op.drop_index("ix_queue_item_facility_id", table_name="queue_item")
    op.drop_index("ix_queue_item_department", table_name="queue_item")
    op.drop_index("ix_queue_item_closed_at", table_name="queue_item")
    op.drop_index("ix_queue_item_clinician_id", table_name="queue_item")
    op.drop_index("ix_queue_item_changed_at", table_name="queue_item")
    op.drop_index("ix_queue_item_assignment_id", table_name="queue_item")
    op.drop_table("queue_item")
    op.drop_index("ix_timeline_entry_work_item", table_name="timeline_entry")
    op.drop_index("ix_timeline_entry_clinician", table_name="timeline_entry")
    op.drop_index("ix_timeline_entry_assignment", table_name="timeline_entry")
    op.drop_table("timeline_entry")
    op.drop_table("terms")
    op.drop_index("ix_saved_view_team", table_name="saved_view")
    op.drop_index("ix_saved_view_owner_id", table_name="saved_view")
    op.drop_table("saved_view")
    op.drop_table("presence")
    op.drop_index("ix_note_clinician_id", table_name="note")
    op.drop_index("ix_note_assignment_id", table_name="note")
    op.drop_index("ix_note_about", table_name="note")
    op.drop_table("note")
    op.drop_index("ix_mention_person_id", table_name="mention")
    op.drop_table("mention")
    op.drop_table("facility")
    op.drop_index("ix_browser_session_subject", table_name="browser_session")
    op.drop_index("ix_browser_session_ends_at", table_name="browser_session")
    op.drop_table("browser_session")
    op.drop_index("ix_assignment_start", table_name="assignment")
    op.drop_index("ix_assignment_facility_id", table_name="assignment")
    op.drop_index("ix_assignment_clinician_id", table_name="assignment")
    op.drop_index("ix_assignment_changed_at", table_name="assignment")
    op.drop_index("ix_assignment_accepted_at", table_name="assignment")
    op.drop_table("assignment")
