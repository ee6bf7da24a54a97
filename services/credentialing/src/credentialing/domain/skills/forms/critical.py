"""Intensive care, emergency and telemetry."""

from credentialing.domain.skills.form import Form, section
from credentialing.domain.skills.forms.shared_sections import LINES, MEDICATION, RECORDS, SAFETY

ICU = Form(
    unit="ICU",
    title="Intensive care, adults",
    edition=1,
    sections=(
        SAFETY,
        section(
            "airway",
            "Breathing",
            ventilator="Cares for a ventilated patient and answers its alarms",
            weaning="Takes part in weaning and extubation",
            suction="Suctions by closed and open technique",
            prone="Turns a ventilated patient prone and back",
            noninvasive="Runs non-invasive ventilation and high-flow oxygen",
            gases="Reads arterial blood gases and says what they call for",
        ),
        section(
            "heart",
            "Circulation",
            rhythm="Recognises dangerous rhythms and acts first",
            arterial="Sets up, levels and reads an arterial line",
            output="Reads central pressures and cardiac output",
            pressors="Adjusts vasoactive infusions to a goal",
            pacing="Watches a temporary pacemaker",
            resuscitation="Leads or serves in a resuscitation",
        ),
        section(
            "brain",
            "Brain and sedation",
            scales="Rates consciousness, sedation and delirium by scales",
            pressure="Cares for an intracranial pressure monitor",
            stroke="Watches a patient after lysis or thrombectomy",
            cooling="Keeps a temperature target",
        ),
        section(
            "kidney",
            "Kidney, sepsis and metabolism",
            crrt="Runs continuous renal replacement",
            sepsis="Begins a sepsis bundle in the first hour",
            glucose="Treats diabetic emergencies by protocol",
            transfusion="Takes part in a massive transfusion",
        ),
        LINES,
        MEDICATION,
        RECORDS,
    ),
)

ED = Form(
    unit="ED",
    title="Emergency department",
    edition=1,
    sections=(
        SAFETY,
        section(
            "triage",
            "Triage and flow",
            rating="Rates urgency by a five-level scale",
            waiting="Looks again at those who wait",
            arrival="Takes over from an ambulance crew",
            transfer="Prepares a transfer with its papers and screening duties",
            surge="Works by a disaster or surge plan",
        ),
        section(
            "trauma",
            "Trauma and resuscitation",
            primary="Does a primary survey in order",
            spine="Keeps the spine still while turning and moving",
            bleeding="Stops bleeding by pressure, packing and tourniquet",
            intubation="Assists with rapid-sequence intubation",
            resuscitation="Leads or serves in a resuscitation",
            io="Places an intraosseous needle",
        ),
        section(
            "illness",
            "Acute illness",
            chest="Begins the chest pain pathway and its first tracing",
            stroke="Begins the stroke pathway within its minutes",
            sepsis="Begins a sepsis bundle in the first hour",
            overdose="Treats overdose and withdrawal",
            behaviour="Calms and keeps safe a person in a psychiatric crisis",
            abuse="Recognises abuse, reports it and keeps evidence",
        ),
        section(
            "special",
            "Children and procedures",
            child="Doses and sizes for a child by weight or length",
            sedation="Watches procedural sedation",
            casting="Splints, and checks circulation after it",
            delivery="Assists with an unplanned birth",
        ),
        LINES,
        MEDICATION,
        RECORDS,
    ),
)

TELE = Form(
    unit="TELE",
    title="Telemetry and step-down",
    edition=1,
    sections=(
        SAFETY,
        section(
            "heart",
            "Heart",
            monitor="Sets leads and alarm limits, and reads the strip",
            rhythm="Recognises dangerous rhythms and acts first",
            tracing="Takes a twelve-lead tracing and sees an infarction",
            drips="Adjusts cardiac infusions within the unit's limits",
            cardioversion="Assists with cardioversion",
            failure="Cares for heart failure with daily weight and fluids",
        ),
        section(
            "procedures",
            "Before and after procedures",
            catheterisation="Cares for the puncture site after catheterisation",
            pacemaker="Cares for a new pacemaker or defibrillator",
            surgery="Cares for a patient some days after heart surgery",
            chest_tube="Cares for a chest tube",
        ),
        section(
            "breathing",
            "Breathing",
            oxygen="Chooses and adjusts oxygen devices",
            noninvasive="Runs non-invasive ventilation",
            tracheostomy="Cares for a tracheostomy",
        ),
        LINES,
        MEDICATION,
        RECORDS,
    ),
)
FORMS = (ICU, ED, TELE)
