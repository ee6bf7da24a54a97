"""What terms would mean for credentialing, by the same decisions as the real ones; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from credentialing.domain.authority.residence import Residence
from credentialing.domain.file import Basis, File, adapt, compare, open_file
from credentialing.domain.held import Held
from credentialing.domain.item import FacilityWaiver, Item, ItemStatus
from credentialing.domain.requirement import Partition
from credentialing.domain.rulebook.book import Rulebook
from credentialing.domain.rulebook.shipped import SHIPPED
from credentialing.domain.standing import expected_ready_on
from credentialing.domain.validity import Lack
from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.contracts.previews import Preview, PreviewRequest
from shared.errors import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known besides the terms: the facility, what the clinician holds, the file if there is one, the rules.

    `waivers` and `residences` as in `Basis`.
    """

    facility: FacilityChanged
    held: Sequence[Held]
    file: File | None = None
    rulebook: Rulebook = SHIPPED
    waivers: Sequence[FacilityWaiver] = ()
    residences: tuple[Residence, ...] | None = None


def preview(asked: PreviewRequest, known: Known, *, today: date) -> Preview:
    """What stands in the way of these terms, when all could be ready, and what they change.

    Findings name items of the personnel part only; of the other parts they say how many are open.
    """
    after = _imagined(asked, known, today)
    return Preview(
        service="credentialing",
        findings=_findings(after, today),
        expected_ready_on=expected_ready_on(after, today),
        effects=_effects(known.file, after),
    )


def _imagined(asked: PreviewRequest, known: Known, today: date) -> File:
    basis = Basis(
        held=known.held,
        today=today,
        rulebook=known.rulebook,
        waivers=known.waivers,
        residences=known.residences,
    )
    if known.file is not None:
        newer = replace(asked.terms, version=known.file.terms.version + 1)
        return adapt(known.file, newer, facility=known.facility, basis=basis)
    offer = OfferAccepted(
        assignment_id=asked.assignment_id or "none",
        source="preview",
        source_reference="preview",
        clinician_id=asked.clinician_id,
        client_id=known.facility.client_id,
        terms=asked.terms,
    )
    return open_file(offer, known.facility, basis=basis, new_id=lambda kind: kind)


def _findings(file: File, today: date) -> tuple[Finding, ...]:
    """Every item that cannot be met by the start, or whose credential runs out too early or was refused."""
    open_items = [item for item in file.items if not item.is_met]
    late = [item for item in open_items if item.due_on < today or _is_short(item)]
    named = [item for item in late if item.requirement.partition is Partition.PERSONNEL]
    found = [_finding(item, today) for item in named]
    hidden = len(late) - len(named)
    if hidden:
        found.append(
            Finding(
                pointer="/terms/start_date",
                code="confidential_items_late",
                message=f"{hidden} health, background or I-9 items are not ready by the start.",
            )
        )
    return tuple(found)


def _is_short(item: Item) -> bool:
    return item.status is ItemStatus.REJECTED or item.lack not in (None, Lack.NOT_PRESENTED)


def _finding(item: Item, today: date) -> Finding:
    name = item.requirement.name
    if item.lack is Lack.EXPIRES_BEFORE_END:
        return Finding(
            pointer="/terms/end_date",
            code="credential_expires_before_end",
            message=f"{name}: what is held expires before the last day; renew it.",
        )
    if _is_short(item):
        return Finding(
            pointer="/terms/start_date",
            code="credential_does_not_cover_start",
            message=f"{name}: what is held does not cover the start; bring another.",
        )
    ready = today + timedelta(days=item.remaining_days)
    return Finding(
        pointer="/terms/start_date",
        code="credential_late",
        message=f"{name}: usually ready on {ready} at the earliest, after the start.",
    )


def _effects(before: File | None, after: File) -> tuple[str, ...]:
    met = sum(item.is_met for item in after.items)
    effects = [f"{len(after.items)} requirements, {met} already met, {len(after.items) - met} open."]
    if before is None:
        return tuple(effects)
    change = compare(before, after)
    counted = (
        (change.added, "asked in addition"),
        (change.dropped, "no longer asked"),
        (change.reopened, "met so far, to be met again"),
    )
    effects += [f"{len(codes)} {words}." for codes, words in counted if codes]
    if before.granted and any(item.stands_in_the_way for item in after.items):
        effects.append("The clearance would be revoked until they are met.")
    return tuple(effects)
