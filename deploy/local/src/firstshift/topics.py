"""Makes Kafka hold exactly the topics of the catalogue, with their retention."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaConnectionError, TopicAlreadyExistsError

from firstshift.errors import CannotRun
from shared.contracts.catalogue import CATALOGUE, STATE, Topic

PARTITIONS = 3
COPIES = 1  # for one broker; on a cluster make the topics beforehand, what is there keeps its copies


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTopic:
    """One topic as the broker should have it."""

    name: str
    partitions: int
    config: dict[str, str]


def catalogue_topics(catalogue: Iterable[Topic] = CATALOGUE) -> list[WantedTopic]:
    """What the catalogue asks of a broker on one machine."""
    return [WantedTopic(name=topic.name, partitions=PARTITIONS, config=_config(topic)) for topic in catalogue]


async def ensure_topics(bootstrap_servers: str, wanted: Iterable[WantedTopic]) -> None:
    """Create what is absent, and give what is there its present configuration. Never deletes.

    Raises: CannotRun when no broker answers, or it refuses one.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    try:
        await admin.start()
        there = await _create(admin, list(wanted))
        await _configure(admin, there)
    except KafkaConnectionError:
        problem = f"No Kafka broker answers at {bootstrap_servers}."
        raise CannotRun(problem, "Correct KAFKA_BOOTSTRAP_SERVERS, or unset it to run one here.") from None
    finally:
        await admin.close()


def _config(topic: Topic) -> dict[str, str]:
    if topic.kind is STATE:
        return {"cleanup.policy": "compact"}
    if topic.retention_days is None:
        return {"cleanup.policy": "delete", "retention.ms": "-1"}
    kept = timedelta(days=topic.retention_days) // timedelta(milliseconds=1)
    return {"cleanup.policy": "delete", "retention.ms": str(kept)}


async def _create(admin: AIOKafkaAdminClient, topics: list[WantedTopic]) -> list[WantedTopic]:
    """Returns those that were there before. Trying is surer than listing: a list may be a moment old."""
    new = [NewTopic(topic.name, topic.partitions, COPIES, topic_configs=topic.config) for topic in topics]
    answer = await admin.create_topics(new)
    there = {name for name, code, _ in answer.topic_errors if code == TopicAlreadyExistsError.errno}
    for name, code, message in answer.topic_errors:
        if code and name not in there:
            raise _refused(name, code, message)
    return [topic for topic in topics if topic.name in there]


async def _configure(admin: AIOKafkaAdminClient, topics: list[WantedTopic]) -> None:
    if not topics:
        return
    resources = [ConfigResource(ConfigResourceType.TOPIC, topic.name, topic.config) for topic in topics]
    for answer in await admin.alter_configs(resources):
        for code, message, _, name in answer.resources:
            if code:
                raise _refused(name, code, message)


def _refused(name: str, code: int, message: str | None) -> CannotRun:
    problem = f"Kafka does not take the topic {name} ({message or f'error {code}'})."
    return CannotRun(problem, "Correct it in shared/contracts/catalogue.py.")
