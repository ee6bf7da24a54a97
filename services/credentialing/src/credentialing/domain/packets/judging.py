"""Whether a template may be kept: everything that is wrong with it, each with the pointer to it."""

import re
from collections.abc import Iterator
from datetime import date

from credentialing.domain.packets.naming import pattern_fault
from credentialing.domain.packets.template import PacketTemplate, fits
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.domain.rulebook.packet_limits import NEVER_SENT, NOT_PASSED_ON
from shared.errors import Finding

_PATTERN = re.compile(r"[A-Z0-9-]{1,20}\*?")


def template_findings(template: PacketTemplate, *, today: date) -> tuple[Finding, ...]:
    """All faults, in the template's own order; empty when it may be kept."""
    return (*_files(template), *_codes(template), *_parts(template), *_days(template, today))


def _files(template: PacketTemplate) -> Iterator[Finding]:
    names = [file.name for file in template.files]
    for number, file in enumerate(template.files):
        if fault := pattern_fault(file.name):
            yield _finding(f"/files/{number}/name", "name_pattern_faulty", fault)
        if names.index(file.name) != number:
            yield _finding(f"/files/{number}/name", "name_taken", "Two files would have this name; change one.")
        if not file.partitions:
            yield _finding(f"/files/{number}/partitions", "partitions_missing", "Say which parts may go into it.")
        for part in file.partitions:
            if part in {row.partition for row in NEVER_SENT}:
                message = "No client gets this part of the file; take it out."
                yield _finding(f"/files/{number}/partitions", "partition_never_sent", message)


def _codes(template: PacketTemplate) -> Iterator[Finding]:
    lists = {
        "/order": template.order,
        "/attested_codes": template.attested_codes,
        "/withheld_codes": template.withheld_codes,
        **{f"/files/{number}/codes": file.codes for number, file in enumerate(template.files)},
    }
    for pointer, patterns in lists.items():
        for place, pattern in enumerate(patterns):
            is_known = _PATTERN.fullmatch(pattern) and any(fits(code, (pattern,)) for code in CATALOGUE)
            if not is_known:
                message = "Write a code of the catalogue, or the beginning of some with a * behind it."
                yield _finding(f"{pointer}/{place}", "code_unknown", message)
    for number, file in enumerate(template.files):
        for row in NOT_PASSED_ON:
            if row.code in file.codes:
                message = "The law does not let this report be passed on; it is attested by itself."
                yield _finding(f"/files/{number}/codes", "not_passed_on", message)


def _parts(template: PacketTemplate) -> Iterator[Finding]:
    taken = {part for file in template.files for part in file.partitions}
    for part in template.attested:
        if part in taken:
            yield _finding("/attested", "attested_and_enclosed", "A part is either attested or goes into a file.")
        if part in {row.partition for row in NEVER_SENT}:
            yield _finding("/attested", "partition_never_sent", "No client is told of this part of the file.")


def _days(template: PacketTemplate, today: date) -> Iterator[Finding]:
    if template.effective_from < today:
        yield _finding("/effective_from", "begins_in_past", "Write today or a later day; what was sent stays as it is.")


def _finding(pointer: str, code: str, message: str) -> Finding:
    return Finding(pointer=pointer, code=code, message=message)
