"""Apache Kafka's jars: fetched once by Maven coordinates, kept per user, checked at every start."""

import fcntl
import hashlib
import os
import shutil
from pathlib import Path

import jgo
from jgo.maven import Artifact
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from firstshift.errors import CannotRun

KAFKA_VERSION = "4.2.0"
# The second lets Kafka write its log. Each is resolved by itself: asked for together, the versions that log4j
# manages would win and bring an older Kafka client.
COORDINATES = (
    f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}",
    "org.apache.logging.log4j:log4j-slf4j-impl:2.25.3",
)
HASHES = Path(__file__).with_name("kafka_jars.sha256")


def cache_folder() -> Path:
    """Where the jars are kept: FIRSTSHIFT_CACHE, or `firstshift` in the user's cache folder."""
    base = os.environ.get("FIRSTSHIFT_CACHE")
    user_cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (Path(base) if base else user_cache / "firstshift") / f"kafka-{KAFKA_VERSION}"


def known_hashes(file: Path = HASHES) -> dict[str, str]:
    """SHA-256 by jar name, as kept in the repository."""
    pairs = (line.split() for line in file.read_text().splitlines())
    return {name: digest for digest, name in pairs}


def absent_jars(folder: Path) -> list[str]:
    """The names of the jars that are not in the cache yet."""
    return [name for name in known_hashes() if not (folder / name).is_file()]


def class_path(folder: Path, hashes: dict[str, str] | None = None) -> str:
    """Kafka's class path; every jar is checked first.

    Raises: CannotRun when a jar is absent or is not the one the repository knows.
    """
    jars = [(folder / name, digest) for name, digest in (hashes or known_hashes()).items()]
    for jar, digest in jars:
        _check(jar, digest)
    return os.pathsep.join(str(jar) for jar, _ in jars)


def fetch_jars(folder: Path) -> None:
    """Bring the absent jars into the cache, showing progress; does nothing when all are there.

    Raises: CannotRun when the network does not give them, or gives others.
    """
    if not absent_jars(folder):
        return
    folder.mkdir(parents=True, exist_ok=True)
    columns = (TextColumn("Kafka: {task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with (folder / ".lock").open("w") as lock, Progress(*columns) as progress:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _fetch(folder, progress)
    except (OSError, RuntimeError, ValueError) as error:
        raise CannotRun(
            f"Kafka's jars cannot be downloaded ({type(error).__name__}).",
            "Check the network (a proxy is taken from HTTPS_PROXY) and run again; what is there is kept.",
        ) from error


def _fetch(folder: Path, progress: Progress) -> None:
    task = progress.add_task("asking which jars it needs", total=len(known_hashes()))
    listed = {found.filename: found for coordinates in COORDINATES for found in jgo.resolve(coordinates)}
    for name, digest in known_hashes().items():
        progress.update(task, description=name)
        _fetch_one(listed.get(name), folder / name, digest)
        progress.advance(task)


def _fetch_one(artifact: Artifact | None, jar: Path, digest: str) -> None:
    if artifact is None:
        raise CannotRun(
            f"Maven no longer lists {jar.name} among Kafka's jars.",
            "Report it: the repository's list is old.",
        )
    source = artifact.resolve()
    if _digest(source) != digest:
        source.unlink()  # half of an interrupted download stays in the Maven cache as if it were whole
        source = artifact.resolve()
    _check(source, digest)
    draft = jar.with_suffix(f".{os.getpid()}.new")
    shutil.copyfile(source, draft)
    draft.replace(jar)


def _check(jar: Path, digest: str) -> None:
    if not jar.is_file():
        raise CannotRun(f"Kafka's {jar.name} is missing from {jar.parent}.", "Run `make run`: it fetches it.")
    if _digest(jar) != digest:
        raise CannotRun(
            f"Kafka's {jar.name} is not the file this repository knows (its SHA-256 differs).",
            f"Delete {jar} and run again; if it happens twice, do not trust the network you are on.",
        )


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
