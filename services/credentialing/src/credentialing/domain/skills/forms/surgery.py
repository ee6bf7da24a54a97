"""The operating room."""

from credentialing.domain.skills.form import Form, section
from credentialing.domain.skills.forms.shared_sections import RECORDS, SAFETY

OR = Form(
    unit="OR",
    title="Operating room",
    edition=1,
    sections=(
        SAFETY,
        section(
            "room",
            "The room",
            timeout="Leads sign-in, time-out and sign-out",
            count="Counts sponges, sharps and instruments, and acts on a wrong count",
            sterile="Makes and keeps a sterile field",
            position="Positions without harm to nerves and skin",
            fire="Works by the three sides of fire risk",
            specimen="Labels specimens and sends them",
        ),
        section(
            "roles",
            "Roles",
            circulate="Circulates on one's own",
            scrub="Scrubs on one's own",
            assist="Prepares for anaesthesia and assists at induction",
            turnover="Turns a room over between cases",
            call="Takes call and opens a room at night",
        ),
        section(
            "devices",
            "Devices",
            electrosurgery="Sets up electrosurgery and its return pad",
            tower="Sets up a laparoscopy tower",
            robot="Drapes and docks a robot",
            tourniquet="Sets and times a tourniquet",
            laser="Keeps the rules of a laser room",
            sterilising="Reads indicators and knows when quick sterilising is allowed",
        ),
        section(
            "cases",
            "Cases",
            general="General surgery",
            joints="Joint replacement with implants and their record",
            spine="Spine",
            heart="Heart and great vessels",
            brain="Brain",
            women="Gynaecology and caesarean section",
            urology="Urology",
            trauma="Trauma",
        ),
        section(
            "danger",
            "Danger",
            hyperthermia="Acts on malignant hyperthermia",
            bleeding="Takes part in a massive transfusion",
            arrest="Takes part in an arrest on the table",
            latex="Keeps a latex-free room",
        ),
        RECORDS,
    ),
)
FORMS = (OR,)
