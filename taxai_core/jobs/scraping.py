"""Where Prometheus asks."""

import structlog
from prometheus_client import CollectorRegistry, Info, ProcessCollector, disable_created_metrics
from prometheus_client.exposition import start_http_server
from prometheus_client.registry import Collector

from .. import __version__
from ..settings import get_settings

log = structlog.get_logger()


def serve(*collectors: Collector) -> None:
    """Answer on `metrics_port` from another thread, as long as this process lives.

    What counts in this process is told beside it. A port that is taken costs the figures alone.
    """
    settings = get_settings()
    if settings.metrics_port is None:
        return
    disable_created_metrics()  # type: ignore[no-untyped-call]  # theirs
    registry = CollectorRegistry()
    build = Info("taxai_build", "Which TaxAI it is.", registry=registry)
    build.info({"version": __version__})
    ProcessCollector(registry=registry)
    for collector in collectors:
        registry.register(collector)
    try:
        start_http_server(settings.metrics_port, settings.metrics_address, registry)
    except OSError as error:
        log.warning("metrics not served", kind=type(error).__name__)
