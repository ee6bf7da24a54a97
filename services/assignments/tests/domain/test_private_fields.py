import pytest

from assignments.domain.private_fields import private_findings


@pytest.mark.parametrize(
    ("name", "body", "pointers"),
    [
        ("nothing private", {"unit": "ICU", "pay_package": {"bonuses": [{"kind": "sign_on"}]}}, []),
        ("at the top", {"ssn": "x", "date_of_birth": "x"}, ["/ssn", "/date_of_birth"]),
        (
            "in any spelling",
            {"Social-Security-Number": "x", "dateOfBirth": "x"},
            ["/Social-Security-Number", "/dateOfBirth"],
        ),
        ("deep inside", {"a": [{"b/c": {"routing_number": "x"}}]}, ["/a/0/b~1c/routing_number"]),
        ("named once with all below it", {"bank": {"account_number": "x"}}, ["/bank"]),
        ("not a JSON object", ["ssn"], []),
    ],
)
def test_private_fields_are_found_wherever_they_stand(name: str, body: object, pointers: list[str]) -> None:
    found = private_findings(body)
    assert [one.pointer for one in found] == pointers, name
    assert {one.code for one in found} <= {"private_field"}
