"""Which operation a path means."""

import pytest

from portal.domain.operation import is_value, operation_at, resource_of, row_commands

DOCUMENT = {
    "paths": {
        "/v1/files/{file_id}": {"get": {"summary": "One file"}},
        "/v1/files": {"get": {"summary": "Files"}},
        "/v1/files/{file_id}/items/{code}:verify": {
            "post": {
                "summary": "Confirmed",
                "parameters": [{"name": "validate_only", "in": "query"}, {"name": "if-match", "required": True}],
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
            }
        },
        "/v1/files/{file_id}:close": {"post": {"summary": "Close"}},
        "/v1/files/mine": {"get": {"summary": "Mine"}},
        "/v1/clock:advance": {"post": {"summary": "Move the clock", "tags": ["operations"]}},
        "/v1/people/{id}/private-values": {"post": {"summary": "Record", "tags": ["private values"]}},
    }
}


def test_it_says_what_the_operation_asks():
    found = operation_at(DOCUMENT, "/v1/files/fil_1/items/CERT-BLS:verify", method="POST")
    assert found is not None
    assert (found.template, found.summary) == ("/v1/files/{file_id}/items/{code}:verify", "Confirmed")
    assert (found.has_rehearsal, found.needs_version, found.body) == (True, True, {"type": "object"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/v1/files/fil_1:close"),
        ("POST", "/v1/files/fil_1"),
        ("TRACE", "/v1/files/fil_1"),
        ("GET", "/v1/files/"),
        ("GET", "/v1/files/.."),
        ("GET", "/v1/files/.hidden"),
        ("GET", "/v1/files/a/b"),
        ("GET", "/v1/files/a%2e"),
        ("GET", "/v1/files/a?b=c"),
        ("GET", "/v1/files/a#b"),
        ("GET", "/v1/files/a\n"),
        ("GET", "//host/v1/files/a"),
        ("GET", "https://host/v1/files/a"),
        ("GET", "v1/files/a"),
        ("GET", "/v1/files/" + "a" * 300),
        ("GET", "/v1/files/ä"),
        ("GET", "/v1/files/{file_id}"),
    ],
)
def test_whatever_no_template_fits_is_no_operation(method, path):
    assert operation_at(DOCUMENT, path, method=method) is None


def test_a_fixed_part_wins_over_a_parameter():
    found = operation_at(DOCUMENT, "/v1/files/mine", method="GET")
    assert found is not None
    assert found.summary == "Mine"


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/v1/files/fil_1/items/CERT-BLS:verify", "/v1/files/fil_1"),
        ("/v1/files/fil_1:close", "/v1/files/fil_1"),
        ("/v1/files", None),
        ("/v1/elsewhere/x:do", None),
    ],
)
def test_the_version_is_read_where_the_nearest_thing_is(path, resource):
    assert resource_of(DOCUMENT, path) == resource


@pytest.mark.parametrize("path", ["/v1/clock:advance", "/v1/people/cln_1/private-values"])
def test_machinery_and_private_values_have_no_form(path):
    assert operation_at(DOCUMENT, path, method="POST") is None


def test_each_thing_of_a_list_has_the_commands_that_stand_beneath_what_was_looked_at():
    looked = operation_at(DOCUMENT, "/v1/files/fil_1", method="GET")
    assert looked is not None
    (found,) = row_commands(DOCUMENT, looked, name="items")
    assert (found.verb, found.parameter) == ("verify", "code")
    assert found.path("CERT-BLS") == "/v1/files/fil_1/items/CERT-BLS:verify"
    assert row_commands(DOCUMENT, looked, name="rules") == ()


def test_private_values_have_no_command_in_a_list():
    private = {
        "/v1/people/{id}": {"get": {}},
        "/v1/people/{id}/values/{kind}:reveal": {"post": {"tags": ["private values"]}},
    }
    looked = operation_at({"paths": private}, "/v1/people/per_1", method="GET")
    assert looked is not None
    assert row_commands({"paths": private}, looked, name="values") == ()


@pytest.mark.parametrize("text", ["..", "", "a/b", "a?b", "%2e", None, 7])
def test_what_could_lead_elsewhere_stands_in_no_path(text):
    assert not is_value(text)
