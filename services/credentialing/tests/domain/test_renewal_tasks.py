"""A person is told to begin a renewal in time, and no longer than it takes."""

from datetime import UTC, datetime, time, timedelta

from credentialing.domain.held import HeldStatus
from credentialing.domain.requirement import Partition
from credentialing.domain.standing import standing
from credentialing.domain.validity import Mode
from services.credentialing.tests.builders import END, START, TODAY
from services.credentialing.tests.domain.asked import file_asking, held, printed

LAST = START + timedelta(days=40)
BEGINS = datetime.combine(LAST - timedelta(days=60), time(18), UTC)
CARD = printed("CERT-BLS", mode=Mode.RENEW_BY)
TITRE = printed("TB-12", mode=Mode.RENEW_BY, partition=Partition.HEALTH)


def _tasks(file, at):
    return {task.key: task for task in standing(file, at).tasks}


def test_a_renewal_is_asked_for_when_its_first_step_comes():
    file = file_asking(CARD, holding=[held("CERT-BLS", expires_on=LAST)])
    assert _tasks(file, BEGINS - timedelta(days=1)) == {}
    task = _tasks(file, BEGINS)["renew:CERT-BLS"]
    assert (task.kind, task.skill, task.due_at.date()) == (
        "renew_credential",
        "credentialing",
        LAST - timedelta(days=10),
    )
    assert [action.name for action in task.actions] == ["open", "receive"]


def test_a_confidential_renewal_names_its_part_alone():
    file = file_asking(TITRE, holding=[held("TB-12", expires_on=LAST)])
    task = _tasks(file, BEGINS)["renew:health"]
    assert (task.partition, [action.name for action in task.actions]) == ("health", ["open"])


def test_a_renewal_that_came_in_is_verified_instead_and_a_confirmed_one_ends_it():
    old = held("CERT-BLS", expires_on=LAST)
    new = held("CERT-BLS", credential_id="crd_new", received_on=TODAY, expires_on=END + timedelta(days=90))
    waiting = file_asking(
        CARD,
        holding=[
            old,
            held("CERT-BLS", credential_id="crd_new", received_on=TODAY, expires_on=END, status=HeldStatus.PENDING),
        ],
    )
    assert list(_tasks(waiting, BEGINS)) == ["verify:CERT-BLS"]
    renewed = standing(file_asking(CARD, holding=[old, new]), BEGINS)
    assert (renewed.tasks, "renew:CERT-BLS" in renewed.completed) == ((), True)
