"""The defects that the tests of the backbone must find, by the part they are planted in."""

from tests.mutants.mutant import Edit, Mutant

_MESSAGING = "shared/src/shared/messaging"
_TWO_RELAYS = "tests/simulation/test_relay_postgres.py"
_PRODUCER_SETTINGS = "tests/broker/test_kafka.py::test_a_producer_waits_for_all_replicas_and_is_idempotent"
_CONSUMER_SETTINGS = (
    "tests/broker/test_kafka.py"
    "::test_a_consumer_starts_at_the_beginning_commits_by_hand_and_sees_what_was_committed_only"
)
_UNKNOWN_SENDING = (
    "tests/broker/test_conformance.py::test_an_unanswered_sending_is_an_unknown_and_can_be_repeated[kafka]"
)
_AFTER_A_REBALANCE = (
    "tests/broker/test_conformance.py"
    "::test_what_a_member_fetched_and_did_not_commit_comes_again_after_a_rebalance[memory]"
)


def _mutant(name: str, file: str, *edits: tuple[str, str], catcher: str = "simulation") -> Mutant:
    planted = tuple(Edit(old=old, new=new) for old, new in edits)
    return Mutant(name=name, file=f"{_MESSAGING}/{file}", edits=planted, catcher=catcher)


RELAY = (
    _mutant(
        "mark before sending",
        "relay.py",
        (
            "            self._producer = self._producer or",
            "            await session.mark([row.position for row in rows])\n"
            "            self._producer = self._producer or",
        ),
    ),
    _mutant(
        "do not await acknowledgements in the relay",
        "relay.py",
        (
            "await self._producer.send([to_record(envelope_of(self.service, row)) for row in rows])",
            "asyncio.ensure_future(self._producer.send([to_record(envelope_of(self.service, row)) for row in rows]))",
        ),
    ),
    _mutant(
        "reuse a producer after an error",
        "relay.py",
        (
            "                await self._drop_producer()\n                await pause(stop, next(waits))\n",
            "                await pause(stop, next(waits))\n",
        ),
    ),
    _mutant(
        "relay shards that another relay has",
        "relay.py",
        ("*await session.lock(wanted)", "*wanted"),
    ),
    _mutant(
        "ask for shards once only",
        "relay.py",
        (
            "        if wanted:\n",
            "        if wanted and not self._shards:\n",
        ),
    ),
    _mutant(
        "keep shards of a lost session",
        "relay.py",
        (
            "            finally:\n                self._shards = []\n",
            "            finally:\n",
        ),
    ),
)

OUTBOX = (
    _mutant(
        "a cursor behind the last position",
        "outbox.py",
        (
            " WHERE published_at IS NULL AND shard = ANY",
            " WHERE position > :after AND shard = ANY",
        ),
        (
            '        return (await self._connection.execute(_NEXT, {"shards": shards, "limit": limit})).all()',
            '        parameters = {"shards": shards, "limit": limit, "after": getattr(self, "after", 0)}\n'
            "        rows = (await self._connection.execute(_NEXT, parameters)).all()\n"
            '        self.after = rows[-1].position if rows else parameters["after"]\n'
            "        return rows",
        ),
        catcher=_TWO_RELAYS,
    ),
    _mutant(
        "SKIP LOCKED instead of shards",
        "outbox.py",
        ("pg_try_advisory_lock(:class, shard)", "CAST(:class AS int) > 0"),
        ("ORDER BY position LIMIT :limit", "ORDER BY position LIMIT :limit FOR UPDATE SKIP LOCKED"),
        (' isolation_level="AUTOCOMMIT",', ""),
        (
            '        await self._connection.execute(_MARK, {"positions": positions})\n',
            '        await self._connection.execute(_MARK, {"positions": positions})\n'
            "        await self._connection.commit()\n",
        ),
        catcher=_TWO_RELAYS,
    ),
    _mutant(
        "no lock on shards in the database",
        "outbox.py",
        ("pg_try_advisory_lock(:class, shard)", "CAST(:class AS int) > 0"),
        catcher=_TWO_RELAYS,
    ),
    _mutant(
        "a lock on shards that ends with its statement",
        "outbox.py",
        ("pg_try_advisory_lock(", "pg_try_advisory_xact_lock("),
        catcher=_TWO_RELAYS,
    ),
)

CONSUMER = (
    _mutant(
        "commit offsets before the transaction",
        "consumer.py",
        (
            "                await self._deliver(records, stop)\n",
            "                await subscription.commit(_next_offsets(records))\n"
            "                await self._deliver(records, stop)\n",
        ),
    ),
    _mutant(
        "commit one offset too many",
        "consumer.py",
        ("record.offset + 1", "record.offset + 2"),
    ),
    _mutant(
        "give a batch up when the database is away",
        "consumer.py",
        (
            '                log.warning("consumer.database_away", error=describe(error))\n',
            '                log.warning("consumer.database_away", error=describe(error))\n                return\n',
        ),
    ),
)

DELIVERY = (
    _mutant(
        "skip the inbox",
        "intake.py",
        (
            '        fresh={row["event_id"] for row in rows if row["event_id"]},\n',
            "        fresh={envelope.id for envelope in envelopes},\n",
        ),
    ),
    _mutant(
        "ignore the version",
        "delivery.py",
        (
            "verdict = judge(topic_named(envelope.topic).kind, last=last, arrived=position)",
            "verdict = Verdict.APPLY",
        ),
    ),
    _mutant(
        "apply what comes too early",
        "order.py",
        ("return Verdict.APPLY if is_after_restore else Verdict.GAP", "return Verdict.APPLY"),
    ),
    _mutant(
        "apply an older state",
        "order.py",
        ("    if arrived <= last:\n", "    if arrived <= last and kind is not StreamKind.STATE:\n"),
    ),
    _mutant(
        "go past a failed event",
        "delivery.py",
        (
            "            _fail(intake, letter, error)\n            return False\n",
            "            _fail(intake, letter, error)\n            return True\n",
        ),
    ),
    _mutant(
        "drop a failed event",
        "delivery.py",
        (
            "            _fail(intake, letter, error)\n            return False\n",
            "            return False\n",
        ),
    ),
    _mutant(
        "keep what a failed handler did",
        "delivery.py",
        ("or not work.transaction.take_back(mark)", "or not mark"),
    ),
    _mutant(
        "forget what comes behind a failed event",
        "delivery.py",
        ("            await self._deliver(letters[at + 1 :])\n", ""),
    ),
    _mutant(
        "read positions without locking them",
        "intake.py",
        (" ON CONFLICT (topic, key) DO UPDATE SET version = known.version\n", " ON CONFLICT (topic, key) DO NOTHING\n"),
        (
            "    UNION ALL SELECT NULL, topic, key, epoch, version FROM streams\n",
            "    UNION ALL SELECT NULL, topic, key, epoch, version FROM streams\n"
            "    UNION ALL SELECT NULL, topic, key, epoch, version FROM stream_position WHERE (topic, key) IN"
            " (SELECT * FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[])))\n",
        ),
    ),
    _mutant(
        "wake nothing that waits for a filled gap",
        "intake.py",
        ("waiting.reason = 'gap'", "waiting.reason = 'none'"),
    ),
)

REPAIRS = (
    _mutant(
        "settle a parked event before its turn",
        "repairs.py",
        ("            if verdict is Verdict.GAP:\n", "            if not letter.key:\n"),
    ),
    _mutant(
        "repair without advancing",
        "repairs.py",
        ("                intake.advance(letter.key, letter.position)\n", ""),
    ),
)

KAFKA = (
    _mutant(
        "acknowledged by one replica",
        "kafka.py",
        ('            acks="all",\n            enable_idempotence=True,\n', "            acks=1,\n"),
        catcher=_PRODUCER_SETTINGS,
    ),
    _mutant(
        "do not await acknowledgements of Kafka",
        "kafka.py",
        ("        await asyncio.gather(*acknowledgements)\n", "        del acknowledgements\n"),
        catcher=_UNKNOWN_SENDING,
    ),
    _mutant(
        "start at the end",
        "kafka.py",
        ('auto_offset_reset="earliest"', 'auto_offset_reset="latest"'),
        catcher=_CONSUMER_SETTINGS,
    ),
)

BROKER_IN_MEMORY = (
    _mutant(
        "keep buffered records across a rebalance",
        "memory.py",
        ("        member.held, member.at = set(), {}\n", "        member.held = set()\n"),
        catcher=_AFTER_A_REBALANCE,
    ),
)

MUTANTS = (*RELAY, *OUTBOX, *CONSUMER, *DELIVERY, *REPAIRS, *KAFKA, *BROKER_IN_MEMORY)
