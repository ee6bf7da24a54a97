"""Structured logs: one event name and its facts per line, without personal data."""

import logging
import sys
from typing import Any

import structlog

from shared.observe.places import places
from shared.observe.redaction import hide_private_keys, hide_private_texts


def set_up_logs(*, service: str, as_json: bool, level: str) -> None:
    """Sends this process's logs, and those of its libraries, to standard output."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            hide_private_keys,
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(),
            hide_private_texts,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    logging.basicConfig(handlers=[_ToStructlog()], level=logging.WARNING, force=True)
    # aiokafka reports every retry of a broker that is away; our own loops say it once.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)


class _ToStructlog(logging.Handler):
    """Passes the records of libraries on."""

    def emit(self, record: logging.LogRecord) -> None:
        facts: dict[str, Any] = {"logger": record.name, "text": record.getMessage()}
        if record.exc_info and record.exc_info[1]:
            facts |= {"error": type(record.exc_info[1]).__name__, "where": places(record.exc_info[1])}
        structlog.get_logger().log(record.levelno, "library.message", **facts)
