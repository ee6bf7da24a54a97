"""Labour and delivery, and newborn intensive care."""

from credentialing.domain.skills.form import Form, section
from credentialing.domain.skills.forms.shared_sections import LINES, MEDICATION, RECORDS, SAFETY

LD = Form(
    unit="LD",
    title="Labour and delivery",
    edition=1,
    sections=(
        SAFETY,
        section(
            "labour",
            "Labour",
            triage="Sees a pregnant patient first and rates urgency",
            tracing="Reads a fetal tracing by the three categories and acts on it",
            examination="Examines the cervix",
            induction="Adjusts oxytocin by the tracing and contractions",
            epidural="Assists with an epidural and watches after it",
            positions="Supports labour by position, touch and words",
        ),
        section(
            "birth",
            "Birth",
            vaginal="Attends a vaginal birth",
            caesarean="Circulates at a caesarean section",
            scrub="Scrubs at a caesarean section",
            newborn="Receives the newborn and gives first support",
            skin="Brings mother and child skin to skin",
            loss="Cares for a family after a loss",
        ),
        section(
            "danger",
            "Danger",
            bleeding="Weighs blood loss and acts by the stage of bleeding",
            pressure="Treats severe pressure in time, and watches magnesium",
            dystocia="Acts when the shoulders do not follow",
            cord="Acts on a prolapsed cord",
            preterm="Treats preterm labour",
            collapse="Takes part when a mother's heart stops",
        ),
        LINES,
        MEDICATION,
        RECORDS,
    ),
)

NICU = Form(
    unit="NICU",
    title="Newborn intensive care",
    edition=1,
    sections=(
        SAFETY,
        section(
            "breathing",
            "Breathing",
            resuscitation="Serves in a newborn resuscitation",
            cpap="Cares for a newborn on nasal pressure",
            ventilator="Cares for a ventilated newborn",
            oscillator="Cares for a newborn on high-frequency ventilation",
            surfactant="Assists when surfactant is given",
            apnoea="Watches and treats apnoea and slow heart",
        ),
        section(
            "lines",
            "Lines and fluids",
            umbilical="Cares for umbilical lines",
            picc="Cares for a fine central line",
            heel="Takes blood from the heel",
            nutrition="Gives nutrition by vein and counts fluids by weight",
            exchange="Assists with an exchange transfusion",
        ),
        section(
            "growth",
            "Warmth, feeding and growth",
            incubator="Keeps temperature in an incubator",
            feeding="Feeds by tube, bottle and breast by cues",
            light="Gives light for jaundice",
            quiet="Handles by what a preterm child bears",
            kangaroo="Helps parents hold a child with lines",
        ),
        section(
            "illness",
            "Illness",
            gut="Sees the first signs of an inflamed gut",
            sepsis="Sees the first signs of sepsis",
            cooling="Cares for a cooled newborn",
            heart="Cares for a newborn with a heart defect",
            withdrawal="Scores and treats withdrawal",
        ),
        MEDICATION,
        RECORDS,
    ),
)
FORMS = (LD, NICU)
