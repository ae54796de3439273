"""Background work: the only code that knows RQ and Redis."""

from typing import NoReturn

import structlog


def _drop(*_event: object) -> NoReturn:
    raise structlog.DropEvent


# A process that has not said where its events go (`log.configure_log`) has none: structlog would
# print them into the JSON of `taxai process`.
if not structlog.is_configured():
    structlog.configure(processors=[_drop])
