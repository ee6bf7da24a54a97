"""Published packets of real facilities, ready to be adopted: what each asks beyond law and agency.

A template becomes rules of one facility when somebody adopts it, and is that facility's to change from then on.
"""

from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.requirement import Confirmer, Partition, Scope, Waivable
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.domain.rulebook.rule import Asked, Condition, Rule, When
from credentialing.domain.rulebook.shipping import asking, bare, conditions
from shared.contracts.terms import Weekday

ST_LUKES = "slhn.org, onboarding of contingent worker agencies"
CENTURA = "centura.org, contractors"
UCSD = "UC San Diego, exhibit for staffing offices"

HEALTH_DOCUMENTS = tuple(
    code
    for code, entry in CATALOGUE.items()
    if entry.partition is Partition.HEALTH and entry.waivable is not Waivable.NEVER
)
"""Every item of the health part that may be lifted at all."""

SEVEN_PANEL_AND_SYNTHETICS = tuple("amphetamine barbiturate benzodiazepine cocaine opiate pcp synthetics thc".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One rule of a template, before it is any facility's; `name` ends its id."""

    name: str
    title: str
    require: tuple[Asked, ...] = ()
    when: tuple[When, ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What one facility or health system published; `remark` is what its packet wants besides."""

    name: str
    title: str
    source: str
    parts: tuple[Part, ...]
    remark: str = ""


TEMPLATES: tuple[Template, ...] = (
    Template(
        name="st-lukes",
        title="St. Luke's University Health Network (PA, NJ)",
        source=ST_LUKES,
        remark="one submission, PDF only, as four separate files",
        parts=(
            Part(
                name="clearances",
                title="Criminal clearances of 30 days, FBI letter with every page",
                require=(
                    asking("BG-PA-PSP", window_before_start=30),
                    asking("BG-PA-CHILD", window_before_start=30),
                    asking("BG-PA-FBI", window_before_start=30),
                ),
            ),
            Part(
                name="nj-sites",
                title="Sites in New Jersey besides",
                when=conditions(state="NJ"),
                require=(asking("BG-NJ-CRIM", window_before_start=30), *bare("EXC-NJ-DEB EXC-OFAC")),
            ),
            Part(
                name="packet",
                title="Packet by the Monday before the start; the client decides",
                require=(
                    asking("FAC-PACKET", due_weekday_before_start=Weekday.MON, confirmed_by=Confirmer.CLIENT),
                    asking("FAC-CONF", due_weekday_before_start=Weekday.MON),
                ),
            ),
            Part(
                name="remote",
                title="Remote staff bring no health documents",
                when=conditions(work_mode="remote"),
                exempt=HEALTH_DOCUMENTS,
            ),
        ),
    ),
    Template(
        name="centura",
        title="Centura Health (CO)",
        source=CENTURA,
        parts=(
            Part(
                name="contractors",
                title="Contractors",
                require=(
                    asking("BG-COUNTY", lookback_years=3),
                    *bare("EXC-LEIE EXC-SAM IMM-MMR IMM-VAR"),
                    asking("TB-12", max_age_months=24),
                    asking("DRUG-10", panel=SEVEN_PANEL_AND_SYNTHETICS),
                ),
            ),
        ),
    ),
    Template(
        name="uc-san-diego",
        title="UC San Diego Health (CA)",
        source=UCSD,
        remark="prior positives: a questionnaire yearly and a chest X-ray every three to five years in place of TB-12",
        parts=(
            Part(
                name="staffing",
                title="Staff of agencies",
                require=(*bare("ST-CA-T22 DRUG-10 HLTH-COLOR"), asking("TB-12", max_age_months=12)),
            ),
        ),
    ),
)


def template_named(name: str) -> Template | None:
    """The template of this name, if there is one."""
    return next((one for one in TEMPLATES if one.name == name), None)


def adopted(template: Template, *, facility_id: str, effective_from: date) -> tuple[Rule, ...]:
    """The rules of one facility that a template becomes."""
    here = When(condition=Condition.FACILITY, values=frozenset({facility_id}))
    plain = Rule(rule_id="", level=Scope.FACILITY, title="", source=template.source, effective_from=effective_from)
    return tuple(
        replace(
            plain,
            rule_id=f"{template.name}-{part.name}-{facility_id.replace('_', '-')}",
            title=f"{template.title}: {part.title}",
            require=part.require,
            when=(here, *part.when),
            exempt=part.exempt,
        )
        for part in template.parts
    )
