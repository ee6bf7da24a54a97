"""The rulebook in the database: every version is kept, and each process reads it once for each edit."""

from dataclasses import replace
from datetime import date

from credentialing.domain.requirement import Scope
from credentialing.domain.rulebook.rule import Rule
from credentialing.domain.rulebook.shipped import SHIPPED
from credentialing.domain.rulebook.shipping import asking, conditions
from credentialing.domain.validity import Season
from credentialing.storage import rules
from credentialing.storage.rules import Edit
from shared.contracts.terms import Weekday
from shared.principal import Principal

LEAD = Principal(subject="per_lead")
RULE = Rule(
    rule_id="facility-mesa-packet",
    level=Scope.FACILITY,
    title="Mesa General",
    source="contract of Mesa General",
    when=conditions(facility="fac_mesa", state="CO WY"),
    require=(
        asking("FAC-PACKET", due_weekday_before_start=Weekday.MON),
        asking("IMM-FLU", season=Season(first=(9, 15), last=(4, 30))),
        asking("DRUG-10", panel=("pcp", "thc"), issuers=("Quest",)),
    ),
    exempt=("TB-12",),
    effective_from=date(2026, 12, 1),
)


async def save(works, *saved: Rule, is_kept: bool = True) -> int:
    async with works.begin(LEAD) as work:
        await rules.to_change(work.session)
        edit = Edit(edit_id=work.new_id("edt"), by=LEAD.subject, at=work.now)
        await rules.save(work.session, saved, edit=edit)
        book = await rules.rulebook(work.session)
        if not is_kept:
            work.abandon()
    return book.version


async def now(works):
    async with works.begin(LEAD) as work:
        return await rules.rulebook(work.session)


async def test_before_any_edit_the_book_is_the_packages(works):
    assert await now(works) is SHIPPED


async def test_a_rule_comes_back_as_it_went_with_the_number_of_its_set(works):
    version = await save(works, RULE)
    async with works.begin(LEAD) as work:
        (found,) = await rules.versions(work.session, RULE.rule_id)
    assert found == replace(RULE, rule_set=version)
    assert version == SHIPPED.version + 1


async def test_every_edit_raises_the_number_and_is_in_the_book(works):
    other = replace(RULE, rule_id="facility-mesa-other")
    first = await save(works, RULE, other)
    second = await save(works, replace(RULE, version=2, title="Mesa General, again"))
    book = await now(works)
    assert (first, second, book.version) == (SHIPPED.version + 1, SHIPPED.version + 2, SHIPPED.version + 2)
    mine = [(rule.rule_id, rule.version) for rule in book.rules if rule.rule_id.startswith("facility-mesa")]
    assert mine == [("facility-mesa-other", 1), ("facility-mesa-packet", 1), ("facility-mesa-packet", 2)]


async def test_a_book_is_read_once_for_each_edit_and_then_kept(works):
    await save(works, RULE)
    first = await now(works)
    assert await now(works) is first
    await save(works, replace(RULE, version=2))
    assert await now(works) is not first


async def test_an_edit_that_was_undone_leaves_no_book_behind(works):
    imagined = await save(works, RULE, is_kept=False)
    assert await now(works) is SHIPPED
    real = await save(works, replace(RULE, title="Another"))
    assert real == imagined
    assert [rule.title for rule in (await now(works)).rules if rule.rule_id == RULE.rule_id] == ["Another"]


async def test_a_version_of_a_shipped_rule_follows_the_packages(works):
    async with works.begin(LEAD) as work:
        (shipped,) = await rules.versions(work.session, "agency-tuberculosis")
    await save(works, replace(shipped, version=2, effective_from=date(2026, 12, 1)))
    async with works.begin(LEAD) as work:
        assert [rule.version for rule in await rules.versions(work.session, "agency-tuberculosis")] == [1, 2]
    book = await now(works)
    in_force = {
        day: [rule.version for rule in book.in_force(day) if rule.rule_id == "agency-tuberculosis"]
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    }
    assert list(in_force.values()) == [[1], [2]]
