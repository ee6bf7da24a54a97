"""Types of single fields that several bodies share, and how an example is attached."""

from typing import Annotated, Any

from pydantic import ConfigDict, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,39}$")]
"""A stable word of small letters, such as `upload_documents`."""

ClinicianId = Annotated[str, StringConstraints(pattern=r"^cln_[0-9a-z]{26}$")]
FacilityId = Annotated[str, StringConstraints(pattern=r"^fac_[0-9a-z]{26}$")]
AssignmentId = Annotated[str, StringConstraints(pattern=r"^asg_[0-9a-z]{26}$")]
PersonId = Annotated[str, StringConstraints(pattern=r"^per_[0-9a-z]{26}$")]

CLINICIAN = "cln_01m8095ps8e00rc1kcn27y03zg"
FACILITY = "fac_01m8095ps8e00rc1kcn27y03zf"
ASSIGNMENT = "asg_01m8095ps8e00rc1kcn27y03zh"
PERSON = "per_01m8095ps8e00rc1kcn27y03zp"
ANOTHER = "per_01m8095ps8e00rc1kcn27y03zq"


def shown(example: dict[str, Any]) -> ConfigDict:
    """The settings of a body that the OpenAPI document shows by this example."""
    return ConfigDict(json_schema_extra={"examples": [example]})
