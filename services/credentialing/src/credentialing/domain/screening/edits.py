"""How many slips of the pen lie between two words: a letter more, less, wrong, or two exchanged."""

SHORT, LONG = 4, 8
"""Letters from which one slip, and from which two, still leave a word recognisable."""


def are_alike(one: str, other: str, *, most_slips: int = 2) -> bool:
    """Whether the words differ by so few slips that one may be meant by the other; equal words are alike."""
    longer = max(len(one), len(other))
    slips = 2 if longer >= LONG else 1 if longer >= SHORT else 0
    return are_within(one, other, slips=min(slips, most_slips))


def are_within(one: str, other: str, *, slips: int) -> bool:
    """Whether at most so many slips lie between them (optimal string alignment)."""
    if one == other:
        return True
    if slips == 0 or abs(len(one) - len(other)) > slips:
        return False
    if len(set(one) ^ set(other)) > 2 * slips:  # one slip brings in one letter at most, and takes one away
        return False
    one, other = _core(one, other)
    if max(len(one), len(other)) <= slips:
        return True
    if slips == 1:
        return len(one) == len(other) == 2 and one[::-1] == other
    return _distance(one, other) <= slips


def _core(one: str, other: str) -> tuple[str, str]:
    """What is left of both without the beginning and the end that they share."""
    begin = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[begin:], other[begin:]
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    return (one[:-end], other[:-end]) if end else (one, other)


def _distance(one: str, other: str) -> int:
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last = row, before
        row = [i]
        for j, across in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != across))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == across:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
