"""The published schema of the open format is that of the code."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from credentialing.api.schemas.profile_example import PROFILE
from credentialing.api.schemas.profiles import ProfileBundle

PUBLISHED = Path(__file__).parents[4] / "docs" / "domain" / "clinician-profile.schema.json"


def test_the_published_schema_is_the_one_in_force():
    made = json.dumps(ProfileBundle.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"
    assert PUBLISHED.read_text() == made, "write it anew: see docs/domain/outside-people.md"


def test_the_example_is_of_the_format():
    Draft202012Validator(json.loads(PUBLISHED.read_text())).validate(PROFILE)
    assert ProfileBundle.model_validate_json(json.dumps(PROFILE)).entry
