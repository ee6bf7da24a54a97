"""First names that several spellings stand for, most of them from other scripts: every line is one name.

Papers of one person differ in them, and farther than a slip of the pen goes. From common knowledge; one that is missing
costs a candidate, one too many a review.
"""

_GROUPS = """
ABDULLAH ABDULLA ABDALLA ABDALLAH
AHMED AHMAD AHMET
AISHA AYESHA AISHAH AYSHA
ALEKSANDR ALEXANDER ALEKSANDER OLEKSANDR ALEXANDR ALEX SASHA
DMITRI DMITRY DMITRII DIMITRI DMYTRO DIMA
EKATERINA YEKATERINA KATERINA KATYA CATHERINE
FATIMA FATIMAH FATEMA FATMA
HUSSEIN HUSSAIN HUSAIN HUSEIN HOSSEIN
IBRAHIM EBRAHIM ABRAHAM
MIKHAIL MYKHAILO MISHA MICHAEL
MOHAMMED MUHAMMAD MOHAMED MOHAMMAD MOHAMAD MUHAMMED MUHAMAD MOHAMUD
NATALIA NATALYA NATALIYA NATALIE NATASHA
NIKOLAI NIKOLAY MYKOLA NICHOLAS
OKSANA OXANA
OLGA OLHA
OMAR UMAR OMER
SEAN SHAWN SHAUN
SERGEI SERGEY SERHII SERGIY
TATIANA TATYANA TETIANA TANYA
VLADIMIR VOLODYMYR VLAD
YELENA ELENA OLENA LENA
YULIA YULIYA IULIIA JULIA
YURI YURIY YURII
YUSUF YOUSSEF YOUSEF YUSEF YOUSUF JOSEPH
"""


def _lines_by_spelling() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(_GROUPS.split("\n")):
        for spelling in line.split():
            found[spelling] = found.get(spelling, frozenset()) | {number}
    return found


_LINES = _lines_by_spelling()
_NONE: frozenset[int] = frozenset()


def are_spellings(one: str, other: str) -> bool:
    """Whether both are spellings of one name. Both in upper case without accents."""
    return not _LINES.get(one, _NONE).isdisjoint(_LINES.get(other, _NONE))
