"""Kafka's jars are the ones the repository knows, or Kafka does not start."""

import hashlib
from pathlib import Path

import pytest

from firstshift.errors import CannotRun
from firstshift.kafka_jars import class_path, known_hashes

HASHES = {"broker.jar": hashlib.sha256(b"broker").hexdigest(), "log.jar": hashlib.sha256(b"log").hexdigest()}


@pytest.fixture
def jars(tmp_path: Path) -> Path:
    (tmp_path / "broker.jar").write_bytes(b"broker")
    (tmp_path / "log.jar").write_bytes(b"log")
    return tmp_path


def test_known_jars_make_the_class_path(jars: Path) -> None:
    assert class_path(jars, HASHES) == f"{jars / 'broker.jar'}:{jars / 'log.jar'}"


def test_a_jar_with_one_byte_changed_is_refused(jars: Path) -> None:
    (jars / "log.jar").write_bytes(b"lag")

    with pytest.raises(CannotRun, match=r"log\.jar is not the file this repository knows"):
        class_path(jars, HASHES)


def test_an_absent_jar_is_refused(jars: Path) -> None:
    (jars / "broker.jar").unlink()

    with pytest.raises(CannotRun, match=r"broker\.jar is missing"):
        class_path(jars, HASHES)


def test_the_repository_knows_every_jar_by_a_full_hash_and_names_no_address() -> None:
    known = known_hashes()

    assert len(known) == 46
    assert "kafka-clients-4.2.0.jar" in known
    assert all(len(digest) == 64 and "/" not in name for name, digest in known.items())
