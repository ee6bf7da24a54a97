"""Sections that several units have alike."""

from credentialing.domain.skills.form import section

SAFETY = section(
    "safety",
    "Safety of patients and staff",
    identify="Identifies the patient by two signs before anything is done",
    falls="Rates the risk of falling and acts on it",
    isolation="Keeps contact, droplet and airborne isolation",
    restraints="Applies and watches restraints, and ends them early",
    handover="Hands over by a fixed order, at the bedside",
    escalation="Calls for rapid response on early signs",
)
MEDICATION = section(
    "medication",
    "Medication",
    pump="Sets up an infusion pump with its drug library",
    high_alert="Has high-alert drugs checked by a second person",
    insulin="Gives insulin by sliding scale and by infusion",
    anticoagulants="Gives anticoagulants and watches their laboratory values",
    blood="Gives blood products and handles a reaction",
    barcode="Gives medication by barcode",
)
LINES = section(
    "lines",
    "Lines, drains and samples",
    peripheral="Places a peripheral line",
    central="Cares for a central line and changes its dressing",
    samples="Draws blood from a vein and from lines",
    urinary="Places and removes a urinary catheter",
    gastric="Places and checks a gastric tube",
    drains="Cares for wound and chest drains",
)
RECORDS = section(
    "records",
    "Records and orders",
    charting="Charts in an electronic record during the shift",
    orders="Takes an order by telephone and reads it back",
    education="Teaches patient and family, and notes what they understood",
    discharge="Plans a discharge with its medication list",
)
