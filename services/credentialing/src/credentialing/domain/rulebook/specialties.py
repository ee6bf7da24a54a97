"""One code per specialty, whatever the client's system calls it."""

ALIASES = {
    "ER": "ED",
    "EMERGENCY": "ED",
    "EMERGENCY DEPARTMENT": "ED",
    "L&D": "LD",
    "LABOR AND DELIVERY": "LD",
    "MED SURG": "MS",
    "MED/SURG": "MS",
    "TELEMETRY": "TELE",
    "CATH LAB": "CATHLAB",
    "PEDIATRICS": "PEDS",
}
"""What is seen in clients' orders, to the codes of the requirement rules."""


def canonical_specialty(name: str) -> str:
    """The rulebook's code of a specialty or unit; an unknown name is its own code, in capitals."""
    plain = " ".join(name.upper().split())
    return ALIASES.get(plain, plain)
