"""The rules that the package brings: what the law asks everywhere, what accreditors ask, and this agency's baseline.

A facility's own rules come on top (see `templates`), and a lead may give any of these a later version.
"""

from credentialing.domain.requirement import Scope
from credentialing.domain.rulebook.book import Rulebook, make_rulebook
from credentialing.domain.rulebook.rule import Rule
from credentialing.domain.rulebook.shipped_agency import AGENCY_RULES
from credentialing.domain.rulebook.shipped_states import STATE_RULES
from credentialing.domain.rulebook.shipping import shipped

EDITION = 1
"""Raised with every release that ships other rules than the one before."""

FEDERAL_RULES = (
    shipped(
        "federal-form-i9",
        "EMP-I9",
        level=Scope.FEDERAL,
        title="Right to work",
        source="8 USC 1324a; 8 CFR 274a.2, Form I-9 sections 1 and 2",
    ),
    shipped(
        "federal-e-verify",
        "EMP-EV",
        level=Scope.FEDERAL,
        title="E-Verify case",
        source="E-Verify memorandum of understanding: a case within three business days of the first day of work",
    ),
    shipped(
        "federal-background-authorization",
        "BG-AUTH",
        level=Scope.FEDERAL,
        title="Authorization of a background check",
        source="15 USC 1681b(b)(2), Fair Credit Reporting Act",
    ),
    shipped(
        "federal-exclusions",
        "EXC-LEIE EXC-SAM",
        level=Scope.FEDERAL,
        title="Federal exclusion lists",
        source="OIG Special Advisory Bulletin 2013; 42 CFR 455.436",
    ),
    shipped(
        "federal-bloodborne-pathogens",
        "TRN-BBP",
        level=Scope.FEDERAL,
        title="Bloodborne pathogens training",
        source="29 CFR 1910.1030(g)(2)",
    ),
    shipped(
        "federal-dea",
        "MD-DEA",
        level=Scope.FEDERAL,
        title="Registration to prescribe",
        source="21 CFR 1301.12: a registration for each state of prescribing",
        discipline="MD APRN PA",
    ),
)

RULES: tuple[Rule, ...] = (*FEDERAL_RULES, *STATE_RULES, *AGENCY_RULES)
"""Every rule of the package, in the order in which provenance names them."""

SHIPPED: Rulebook = make_rulebook(RULES, version=EDITION)
"""The book before anybody edited it."""
