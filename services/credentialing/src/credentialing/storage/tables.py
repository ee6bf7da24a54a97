"""Files and credentials."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, Table, Text, UniqueConstraint, func, text

from shared.db.documents import document_table, service_tables
from shared.vault.columns import SealedText

metadata = service_tables()

file = document_table(
    "file",
    metadata,
    Column("assignment_id", Text, nullable=False, unique=True),
    Column("clinician_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("assignment_state", Text, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("rule_set", Integer, nullable=False, server_default="0"),
    Index("ix_file_rule_set", "rule_set", "file_id", postgresql_where=text("is_open")),
    Index("ix_file_clinician_id", "clinician_id"),
    Index("ix_file_start_date", "start_date", "file_id"),
    key="file_id",
)

credential = document_table(
    "credential",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Index("ix_credential_clinician_id", "clinician_id"),
    key="credential_id",
    is_part=True,
)

# Clearance: what was decided, waivers beyond one assignment, where people live.
clearance_decision = document_table(
    "clearance_decision",
    metadata,
    Column("file_id", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Index("ix_clearance_decision_file_id", "file_id", "number", unique=True),
    key="decision_id",
    is_part=True,
)

facility_waiver = document_table(
    "facility_waiver",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Index("ix_facility_waiver_clinician_id", "clinician_id"),
    key="waiver_id",
    is_part=True,
)

home = document_table("home", metadata, key="clinician_id", is_part=True)

# What sources said about them.
source_result = document_table(
    "source_result",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Index("ix_source_result_clinician_id", "clinician_id", "code"),
    key="result_id",
    is_part=True,
)

# Questions to sources. The last four columns are the queue's, in real time: when to ask, since when, by whose lease.
inquiry = document_table(
    "inquiry",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("asked_of", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reference", Text),
    Column("looked_up", Text, comment="jurisdiction and the mark of the number"),
    Column("work_item_for", Text, comment="where people hear of its trouble"),
    Column("next_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("asked_at", DateTime(timezone=True)),
    Column("lease_until", DateTime(timezone=True)),
    Column("fence", Integer, nullable=False, server_default=text("0")),
    Index("ix_inquiry_clinician_id", "clinician_id", "code"),
    Index("ix_inquiry_reference", "asked_of", "reference", postgresql_where=text("reference IS NOT NULL")),
    Index("ix_inquiry_looked_up", "asked_of", "looked_up", postgresql_where=text("looked_up IS NOT NULL")),
    Index("ix_inquiry_work_item_for", "work_item_for", postgresql_where=text("work_item_for IS NOT NULL")),
    Index("ix_inquiry_due", "asked_of", "next_at", postgresql_where=text("state IN ('waiting', 'pending')")),
    Index("ix_inquiry_asked_at", "asked_of", "asked_at"),
    key="inquiry_id",
    is_part=True,
)

# What sources sent by themselves, so that a repetition is known.
vendor_event = Table(
    "vendor_event",
    metadata,
    Column("source", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("reference", Text),
    Column("effect", Text, nullable=False, comment="what it did: applied, unmatched, older, ignored"),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

# What runs out and when its clinician is reminded; when each item of a file moved on; what was looked at so far.
expirable = document_table(
    "expirable",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("partition", Text, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("next_notice_on", Date, nullable=True),
    Column("is_over", Boolean, nullable=False),
    Index("ix_expirable_clinician_id", "clinician_id"),
    Index("ix_expirable_expires_on", "expires_on"),
    Index("ix_expirable_next_notice_on", "next_notice_on"),
    key="expirable_id",
    is_part=True,
)
expirable_notice = Table(
    "expirable_notice",
    metadata,
    Column("expirable_id", Text, primary_key=True),
    Column("expires_on", Date, primary_key=True),
    Column("days_before", Integer, primary_key=True),
    Column("urgency", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("given_on", Date, nullable=False),
)
item_course = Table(
    "item_course",
    metadata,
    Column("file_id", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("received_on", Date, nullable=True),
    Column("confirmed_on", Date, nullable=True),
    Index("ix_item_course_code", "code", "confirmed_on"),
)
file_look = Table(
    "file_look",
    metadata,
    Column("file_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)

# What accreditors and the law count.
audit_sample = document_table(
    "audit_sample",
    metadata,
    Column("month", Date, nullable=False),
    Column("measure", Text, nullable=False),
    UniqueConstraint("month", "measure"),
    key="sample_id",
    is_agency_wide=True,
)
do_not_return = document_table(
    "do_not_return",
    metadata,
    Column("assignment_id", Text, nullable=False, unique=True),
    Column("clinician_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    key="do_not_return_id",
)
adverse_action = document_table(
    "adverse_action",
    metadata,
    Column("file_id", Text, nullable=False),
    Column("assignment_id", Text, nullable=False),
    Column("clinician_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Index("ix_adverse_action_file_id", "file_id"),
    Index("ix_adverse_action_opened_on", "opened_on", "action_id"),
    key="action_id",
)

# Exclusion lists: each release with its rows as they were, and how it differs from the one before.
exclusion_release = document_table(
    "exclusion_release",
    metadata,
    Column("list_name", Text, nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("sha256", Text, nullable=False),
    UniqueConstraint("list_name", "sha256"),
    Index("ix_exclusion_release_posted_on", "list_name", "posted_on", "release_id"),
    key="release_id",
    is_agency_wide=True,
)
exclusion_row = Table(
    "exclusion_row",
    metadata,
    Column("release_id", Text, primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, nullable=False),
    Column("identity", Text, nullable=False, comment="hash of whom or what the row is about"),
    *(Column(name, Text, nullable=False) for name in ("kind", "last", "first", "middle", "business")),
    Column("npi", Text),
    Column("npi_is_filler", Boolean, nullable=False),
    Column("birth_date", Date),
    Column("exclusion_type", Text, nullable=False),
    *(Column(name, Date) for name in ("excluded_on", "reinstated_on", "ends_on", "waived_on")),
    Column("waiver_state", Text),
    Column("state", Text, nullable=False),
    Column("last_may_be_truncated", Boolean, nullable=False),
    Column("first_may_be_truncated", Boolean, nullable=False),
    Column("overlaps", Text),
    info={"is_agency_wide": True},
)
exclusion_change = Table(
    "exclusion_change",
    metadata,
    Column("release_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("change", Text, nullable=False, comment="added, removed or changed"),
    Column("line", Integer, comment="in this release"),
    Column("previous_line", Integer, comment="in the release before"),
    info={"is_agency_wide": True},
)

# Who was screened against which release, for which start, with what outcome; and the cases that people decide.
screening = document_table(
    "screening",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("list_name", Text, nullable=False),
    Column("release_id", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("screened_at", DateTime(timezone=True), nullable=False),
    Index("ix_screening_clinician_id", "clinician_id", "list_name"),
    key="screening_id",
    is_part=True,
)
screened_file = Table(
    "screened_file",
    metadata,
    Column("file_id", Text, primary_key=True),
    Column("list_name", Text, primary_key=True),
    Column("start_date", Date, nullable=False),
    Column("release_id", Text, nullable=False),
    Column("person_version", Text, nullable=False, comment="of name, birth date and other names"),
    Column("screened_on", Date, nullable=False),
    Column("screening_id", Text, nullable=False),
)
screened_identity = Table(
    "screened_identity",
    metadata,
    Column("clinician_id", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("sealed", SealedText, nullable=False, comment="the names that were compared"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
other_name = Table(
    "other_name",
    metadata,
    Column("name_id", Text, primary_key=True),
    Column("clinician_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sealed", SealedText, nullable=False),
    Column("blind_index", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("recorded_by", Text, nullable=False),
    UniqueConstraint("clinician_id", "blind_index"),
)
exclusion_case = document_table(
    "exclusion_case",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("assignment_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("list_name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Index("ix_exclusion_case_clinician_id", "clinician_id", "list_name"),
    Index("ix_exclusion_case_open", "case_id", postgresql_where=text("is_open")),
    key="case_id",
)

document = document_table(
    "document",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("partition", Text, nullable=False),
    Column("sha256", Text, nullable=False, comment="of the content, in hexadecimal"),
    Column("file", Text, nullable=False, comment="the name of the stored content"),
    Column("status", Text, nullable=False),
    Column("look_on", Date, nullable=False, comment="the day on which its retention is judged again"),
    UniqueConstraint("clinician_id", "partition", "sha256"),
    Index("ix_document_file", "file"),
    Index("ix_document_look_on", "look_on", "clinician_id"),
    Index("ix_document_checking", "document_id", postgresql_where=text("status = 'checking'")),
    key="document_id",
    is_part=True,
)
document_deletion = Table(
    "document_deletion",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("clinician_id", Text, nullable=False),
    Column("partition", Text, nullable=False),
    Column("sha256", Text, nullable=False, comment="of the content that is gone"),
    Column("rule", Text, nullable=False, comment="what had kept it longest"),
    Column("kept_through", Date, nullable=False, comment="the last day on which that rule kept it"),
    Column("deleted_at", DateTime(timezone=True), nullable=False),
    Column("deleted_by", Text, nullable=False),
    Index("ix_document_deletion_clinician_id", "clinician_id"),
)
"""The proof that a document is gone; these rows stay."""

# Rules that were edited, every version, and what other rules did to files.
rule_edit = Table(
    "rule_edit",
    metadata,
    Column("rule_set", Integer, primary_key=True, autoincrement=False, comment="counts edits"),
    Column("edit_id", Text, nullable=False),
    Column("edited_at", DateTime(timezone=True), nullable=False, comment="business time"),
    Column("edited_by", Text, nullable=False),
)

rule_version = Table(
    "rule_version",
    metadata,
    Column("rule_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("rule_set", Integer, nullable=False, comment="the edit that brought it"),
    Column("effective_from", Date, nullable=False),
    Column("effective_to", Date),
    Column("body", Text, nullable=False, comment="the whole rule as JSON"),
)

facility_facts = document_table(
    "facility_facts",
    metadata,
    Column("rule_set", Integer, nullable=False, comment="the edit that said so last"),
    key="facility_id",
    is_agency_wide=True,
)

file_change = document_table(
    "file_change",
    metadata,
    Column("file_id", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, comment="business time"),
    Index("ix_file_change_file_id", "file_id", "change_id"),
    key="change_id",
    is_part=True,
)

# What clients get: what each facility wants, what was built and sent, and which documents are in it.
packet_template = Table(
    "packet_template",
    metadata,
    Column("facility_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, comment="of the version, from 1"),
    Column("effective_from", Date, nullable=False),
    Column("edited_at", DateTime(timezone=True), nullable=False, comment="business time"),
    Column("edited_by", Text, nullable=False),
    Column("body", Text, nullable=False, comment="the whole template as JSON"),
    info={"is_agency_wide": True},
)
packet = document_table(
    "packet",
    metadata,
    Column("file_id", Text, nullable=False),
    Column("clinician_id", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("is_watched", Boolean, nullable=False),
    Column("seen_version", Integer, nullable=False, comment="of the file, up to which it was looked at"),
    UniqueConstraint("file_id", "number"),
    Index("ix_packet_building", "packet_id", postgresql_where=text("state = 'building'")),
    Index("ix_packet_watched", "file_id", "seen_version", postgresql_where=text("is_watched")),
    key="packet_id",
    is_part=True,
)
packet_pdf = Table(
    "packet_pdf",
    metadata,
    Column("packet_id", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("file", Text, nullable=False, comment="the name of the stored content"),
    Index("ix_packet_pdf_file", "file"),
)
packet_paper = Table(
    "packet_paper",
    metadata,
    Column("packet_id", Text, primary_key=True),
    Column("document_id", Text, primary_key=True),
    Index("ix_packet_paper_document_id", "document_id"),
)
