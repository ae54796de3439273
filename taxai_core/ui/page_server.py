"""What the page server counts of itself, as Prometheus reads it; docs/metrics.md lists it."""

from prometheus_client import Counter, Gauge
from streamlit.runtime import get_instance
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, GaugeStat

from ..jobs.scraping import serve

_uploads = Counter(
    "taxai_uploads_total",
    "Files dropped into the Upload page; of those refused the error's code.",
    ["outcome", "code"],
    registry=None,
)
_windows = Gauge("taxai_windows", "Browser windows that show a page.", registry=None)


def count_upload(outcome: str, code: str = "") -> None:
    """One more file was `accepted`, a `duplicate` or `refused`."""
    _uploads.labels(outcome, code).inc()


def serve_metrics() -> None:
    """Serve them as long as this process lives."""
    _windows.set_function(_count_windows)
    serve(_uploads, _windows)


def _count_windows() -> float:
    found = get_instance().stats_mgr.get_stats([ACTIVE_SESSIONS_FAMILY])
    return sum(one.value for some in found.values() for one in some if isinstance(one, GaugeStat))
