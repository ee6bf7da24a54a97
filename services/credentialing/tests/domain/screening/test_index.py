"""The index finds whatever a comparison with every row would not have cleared."""

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.domain.screening.index import ListIndex
from credentialing.domain.screening.matching import Verdict, compare, listed, sought
from services.credentialing.tests.domain.screening.rows_of_lists import TODAY, a_person

LASTS = (
    *("DELGADO", "DELGADA", "DELGAD", "DELAGDO", "SMITH", "SMYTH", "JONES", "SMITH-JONES", "DE LA CRUZ", "DELACRUZ"),
    *("KOWALCZYK", "KOWALCYZC", "KOWALSKI", "WOLFESCHLEGELSTEINHA", "WOLFESCHLEGELSTEINHAUSEN", "MARIA", "LI", "LEE"),
    *("JONES-SMITH", "JONES-BROWN", "LEE-WOLFESCHLEGELSTEINHAUSEN", "ST JOHN", "SAINTJOHN", "MARIA LI", "Иванов"),
)
FIRSTS = ("MARIA", "MARY", "MARIE", "BOB", "ROBERT", "M", "DELGADO", "LI", "CHRISTOPHER-LON", "", "LI MARIA", "JONES")
DAYS = (None, date(1984, 3, 11), date(1984, 11, 3), date(1990, 2, 2))
NPIS = (None, "1234567893", "1245319599")


def entry(draw, line):
    last = draw(st.sampled_from(LASTS))
    first = draw(st.sampled_from(FIRSTS))
    return Entry(
        line=line,
        kind=draw(st.sampled_from(EntryKind)),
        last=last[:20],
        first=first,
        birth_date=draw(st.sampled_from(DAYS)),
        npi=draw(st.sampled_from(NPIS)),
        last_may_be_truncated=len(last) >= 20,
        first_may_be_truncated=len(first) >= 15,
        fingerprint=str(line),
    )


@settings(max_examples=400)
@given(st.data())
def test_nothing_is_lost_by_looking_at_few_rows(data):
    rows = [entry(data.draw, line) for line in range(12)]
    index = ListIndex()
    index.add(rows[:5])
    index.add(rows[5:])
    whom = sought(
        a_person(
            data.draw(st.sampled_from(FIRSTS)),
            data.draw(st.sampled_from(LASTS)),
            birth_date=data.draw(st.sampled_from(DAYS)),
            npi=data.draw(st.sampled_from(NPIS)),
        )
    )
    found = [row.entry.line for row in index.candidates(whom)]
    wanted = {row.line for row in rows if compare(whom, listed(row), on=TODAY).verdict is not Verdict.CLEAR}
    assert len(found) == len(set(found))
    assert wanted <= set(found)


def test_few_rows_are_looked_at():
    random = Random(7)
    names = ["".join(random.choices("ABCDEFGHIJKLMNOPRSTUVW", k=8)) for _ in range(3000)]
    index = ListIndex()
    born = date(1984, 3, 11)
    index.add(
        Entry(line=n, kind=EntryKind.INDIVIDUAL, last=name, first="ANN", birth_date=date(1950 + n % 40, 5, 6))
        for n, name in enumerate(names)
    )
    index.add([Entry(line=9000, kind=EntryKind.INDIVIDUAL, last="DELGADO", first="EVE", birth_date=born)])
    assert [row.entry.line for row in index.candidates(sought(a_person(birth_date=born)))] == [9000]
    assert index.rows == 3001
