"""What every page has: its title, the navigation and the state of the system."""

import base64
from pathlib import Path

import streamlit as st

from .. import service
from ..errors import TaxAIError
from ..log import configure_log
from ..service import SystemState
from ..settings import get_settings
from .alert_list import alert_line
from .attempt import show_notice
from .health_state import is_something_failing
from .live import live
from .plain import plain

PAGES = Path(__file__).parents[2] / "pages"
# In the page itself: Streamlit forgets a file while pages change, before the browser asked for it.
ICON = "data:image/png;base64," + base64.b64encode(
    (Path(__file__).parent / "icon.png").read_bytes()
).decode("ascii")
STATE_EVERY_S = 2
SIDEBAR_PX = 220
SPARK_SAMPLES = 60

# Streamlit has no setting for these: figures that stand under each other, less air, and none around
# the place of a `live` part that shows nothing just now.
_STYLE = """<style>
.stApp { font-variant-numeric: tabular-nums; }
[data-testid="stMainBlockContainer"] { padding-left: 1.5rem; padding-right: 1.5rem; }
[data-testid="stHeader"] { background: transparent; }
[data-testid="stLayoutWrapper"]:has(> [data-testid="stVerticalBlock"]:empty) { display: none; }
[data-testid="stFileUploaderDropzone"] { min-height: 7rem; align-items: center; }
</style>"""


FRAMED = "framed"


def frame() -> st.Page:
    """Set up the pages in the order of the work, with how many papers wait at each."""
    configure_log(get_settings().data_path / "logs", "app")
    st.session_state[FRAMED] = True
    _configure("TaxAI")
    counts = _counts()
    pages = {
        "": [
            _page("upload", "⬆ Upload"),
            _page("documents", _counted("≡ Documents", sum(counts.values()))),
            _page("review", _counted("✎ Review", counts.get("review", 0))),
            _page("export", "⬇ Export"),
        ],
        "System": [
            _page("jobs", _counted("⚙ Jobs", counts.get("failed", 0), "failed")),
            _page("resources", "▤ Resources"),
            _page("model", "◍ Model"),
            _page("health", "✚ Health ●" if is_something_failing(system_state()) else "✚ Health"),
        ],
    }
    return st.navigation(pages)


def start_page(title: str) -> None:
    """Begin a page; one that a first deep link runs without the frame is run again inside it."""
    if FRAMED not in st.session_state:
        frame()  # from here on Streamlit runs streamlit_app.py, whatever the address
        st.rerun()
    _configure(f"{title or 'Review'} · TaxAI")
    st.html(_STYLE)
    st.logo(ICON, size="small")
    with st.sidebar:
        _system_state()
    if title:
        st.title(title, anchor=False)
    show_notice()


def _configure(title: str) -> None:
    st.set_page_config(
        page_title=title, page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR_PX
    )


@st.cache_data(ttl=1, show_spinner=False)
def system_state() -> SystemState:
    """The state of the system, asked once a second however many windows are open."""
    return service.system_state()


@live(STATE_EVERY_S)
def _system_state() -> None:
    state = system_state()
    if state.trouble:
        st.warning(state.trouble, icon=":material/error:")
        return
    workers = "1 worker" if state.workers == 1 else f"{state.workers} workers"
    st.caption(f"{workers} · {state.waiting} waiting  \nModel: {plain(state.model_words)}")
    _sparklines()
    alert_line()


def _sparklines() -> None:
    cpu, memory = _last_minutes()
    if not cpu:
        return
    left, right = st.columns(2)
    left.metric("CPU", f"{cpu[-1]:.0f} %", chart_data=cpu)
    right.metric("Memory", f"{memory[-1]:.0f} %", chart_data=memory)


@st.cache_data(ttl=2, show_spinner=False)
def _last_minutes() -> tuple[list[float], list[float]]:
    """CPU and memory in percent."""
    points = service.resources("5 min").points[-SPARK_SAMPLES:]
    memory = [point.memory_used_bytes / point.memory_total_bytes * 100 for point in points]
    return [point.cpu_percent for point in points], memory


def _counts() -> dict[str, int]:
    try:
        return service.count_documents()
    except TaxAIError:
        return {}


def _counted(title: str, count: int, of: str = "") -> str:
    return f"{title} · {count} {of}".rstrip() if count else title


def _page(name: str, title: str) -> st.Page:
    # No icon=: the browser would fetch it as the tab's icon from a server outside.
    return st.Page(PAGES / f"{name}.py", title=title, url_path=name, default=name == "upload")
