"""Medical-surgical wards and acute physical therapy."""

from credentialing.domain.skills.form import Form, section
from credentialing.domain.skills.forms.shared_sections import LINES, MEDICATION, RECORDS, SAFETY

MS = Form(
    unit="MS",
    title="Medical-surgical ward",
    edition=1,
    sections=(
        SAFETY,
        section(
            "assessment",
            "Assessment",
            whole="Assesses head to foot at the start of the shift",
            early="Uses an early-warning score and acts on it",
            pain="Rates pain, treats it and looks again",
            skin="Rates the skin's risk and stages a pressure injury",
        ),
        section(
            "surgery",
            "Before and after operations",
            ready="Makes ready for an operation by checklist",
            recovery="Watches the first hours after an operation",
            wound="Changes simple and complex dressings",
            vacuum="Cares for a wound under negative pressure",
            stoma="Cares for a stoma and teaches it",
            mobility="Gets a patient up on the first day",
        ),
        section(
            "illness",
            "Illness",
            diabetes="Cares for diabetes through meals, fasting and lows",
            lungs="Cares for chronic lung disease and pneumonia",
            heart="Cares for heart failure on a ward",
            kidney="Cares for a patient between dialyses",
            withdrawal="Rates alcohol withdrawal and treats it by protocol",
            dying="Cares for the dying and their family",
        ),
        LINES,
        MEDICATION,
        RECORDS,
    ),
)

PT = Form(
    unit="PT",
    title="Physical therapy, acute care",
    edition=1,
    sections=(
        SAFETY,
        section(
            "evaluation",
            "Evaluation",
            chart="Reads the chart for what forbids or limits movement",
            strength="Tests strength, range and sensation",
            balance="Tests balance and gait by a standard measure",
            function="Scores function and states where a patient should go next",
            response="Watches heart, breathing and oxygen while a patient moves",
        ),
        section(
            "mobility",
            "Movement",
            bed="Trains turning, sitting and standing up",
            transfers="Moves a patient with and without a lift",
            gait="Trains walking with the right aid",
            stairs="Trains stairs before discharge",
            lines="Moves a patient with lines, drains and a monitor",
            ventilated="Moves a ventilated patient with the team",
        ),
        section(
            "groups",
            "Groups of patients",
            joint="Treats after replacement of hip and knee, with its precautions",
            spine="Treats after spinal operations, with a brace",
            sternum="Treats after heart surgery, with sternal precautions",
            stroke="Treats in the first days after a stroke",
            amputation="Treats after an amputation",
            wound="Treats wounds within the state's scope of practice",
        ),
        section(
            "planning",
            "Planning",
            goals="Sets goals that can be measured",
            equipment="Chooses and orders equipment",
            teaching="Teaches family and nurses to go on with it",
            supervision="Delegates to assistants and supervises them",
        ),
        RECORDS,
    ),
)
FORMS = (MS, PT)
