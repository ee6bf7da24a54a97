"""The life of a signing key."""

from datetime import UTC, datetime, timedelta

from identity.domain.signing_key import KNOWN_AFTER, SIGNS_FOR, SigningKey, Standing, current, keys_wanted, rotated

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)


def a_key(kid):
    return SigningKey(kid=kid, public_jwk="{}", sealed_private_jwk="-", made_at=NOW)


def turned(keys, *, at=NOW, is_forced=False):
    """The keys after a rotation at that instant."""
    number = len(keys) + int((at - NOW).total_seconds())
    fresh = [a_key(f"k{number}{place}") for place in range(keys_wanted(keys, now=at, is_forced=is_forced))]
    return rotated(keys, fresh, now=at, is_forced=is_forced)


def signing(rotation):
    """The key that signs after a rotation."""
    found = current(rotation.kept)
    assert found
    return found


def standings(rotation):
    return [key.standing for key in rotation.kept]


def test_the_first_rotation_makes_a_key_that_signs_and_the_next():
    first = turned(())
    assert standings(first) == [Standing.CURRENT, Standing.NEXT]
    assert signing(first).signs_since == NOW


def test_a_rotation_before_its_time_changes_nothing():
    first = turned(())
    assert turned(first.kept, at=NOW + SIGNS_FOR - timedelta(seconds=1)).kept == first.kept


def test_the_key_that_was_published_signs_next_and_the_old_one_is_still_known():
    first = turned(())
    second = turned(first.kept, at=NOW + SIGNS_FOR)
    assert standings(second) == [Standing.PREVIOUS, Standing.CURRENT, Standing.NEXT]
    assert signing(second).kid == first.kept[1].kid


def test_a_doubt_rotates_at_once():
    first = turned(())
    second = turned(first.kept, is_forced=True)
    assert signing(second).kid == first.kept[1].kid


def test_a_key_that_nothing_needs_goes():
    second = turned(turned(()).kept, at=NOW + SIGNS_FOR)
    retired = second.kept[0].kid
    early = turned(second.kept, at=NOW + SIGNS_FOR + KNOWN_AFTER)
    late = turned(second.kept, at=NOW + SIGNS_FOR + KNOWN_AFTER + timedelta(seconds=1))
    assert (early.removed, late.removed) == ((), (retired,))
    assert standings(late) == [Standing.CURRENT, Standing.NEXT]
