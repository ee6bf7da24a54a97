"""Templates that the package brings: the usual one for everybody, and what a published packet wants."""

from collections.abc import Mapping
from types import MappingProxyType

from credentialing.domain.packets.template import Decides, PacketFile, PacketTemplate
from credentialing.domain.requirement import Partition
from shared.contracts.terms import Weekday

USUAL = PacketTemplate(
    title="Usual packet",
    source="practice: one file with cover; health and background are attested, not shown",
    files=(PacketFile(name="{name} - {discipline} - Credentials.pdf", partitions=(Partition.PERSONNEL,)),),
    order=("LIC-*", "CERT-*", "ID-*", "COMP-*", "TRN-*", "REF-*", "MD-*", "INS-*", "EXC-*", "FAC-*", "AGR-*"),
    attested=(Partition.HEALTH, Partition.BACKGROUND),
)
"""For every facility without a template of its own."""

ST_LUKES = PacketTemplate(
    title="St. Luke's University Health Network: four separate files",
    source="slhn.org, onboarding of contingent worker agencies: PDF only, four files, one submission, due the Monday"
    " before the start; which item goes into which file is our own division",
    files=(
        PacketFile(name="{name} - 1 Credentials.pdf", partitions=(Partition.PERSONNEL,)),
        PacketFile(
            name="{name} - 2 Clearances.pdf",
            partitions=(Partition.BACKGROUND, Partition.PERSONNEL),
            codes=("BG-*", "EXC-*"),
        ),
        PacketFile(name="{name} - 3 Health.pdf", partitions=(Partition.HEALTH,)),
        PacketFile(name="{name} - 4 Facility forms.pdf", partitions=(Partition.PERSONNEL,), codes=("FAC-*", "AGR-*")),
    ),
    order=("LIC-*", "CERT-*", "BG-PA-*", "BG-NJ-*", "BG-*", "EXC-*"),
    decides=Decides.CLIENT,
    due_weekday=Weekday.MON,
)

SHIPPED: Mapping[str, PacketTemplate] = MappingProxyType({"usual": USUAL, "st-lukes": ST_LUKES})
"""By name; a published packet's is that of its rules (rulebook/templates.py)."""
