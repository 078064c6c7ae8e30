"""What is logged: one JSON line each, on standard error, without personal data.

The message, the logger and, for a fault, the places in the code are kept; the values that were at hand are not. Facts about cases
belong in the ledger, not here.
"""

import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog


def _places(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A fault as its type, the first line of its message (databases put the values on later lines) and the places in the code."""
    found = event.pop("exc_info", None)
    if isinstance(found, tuple) and found[1] is not None:
        fault: BaseException = found[1]
        event["fault"] = type(fault).__name__
        event["message"] = (str(fault).splitlines() or [""])[0][:300]
        event["places"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(found[2])]
    return event


SHARED: list[Any] = [
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _places,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "use_get_message": True,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "httpx": {"handlers": [], "level": "WARNING", "propagate": True},  # it tells every call
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},  # 404 and the like name addresses, and addresses name people
        "axes": {"level": "ERROR"},  # its warnings name accounts
        "procrastinate": {"level": "WARNING"},  # its informations print the arguments of errands
    },
}


def configure() -> None:
    """Let structlog's loggers go the same way as everybody's."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
