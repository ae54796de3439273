"""How everything is, looked at once for all windows."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from ..health.check import Check, is_failing
from ..service import SystemState

LOOK_EVERY_S = 5
# What the last look found is no news after this; nobody looks while no Health page is open.
NEWS_FOR_S = 60


@dataclass
class _LastLook:
    failing: bool = False
    at_s: float = 0.0


@st.cache_resource
def _last_look() -> _LastLook:
    return _LastLook()


# A little less than the pages' pace, so that each time they draw something new.
@st.cache_data(ttl=LOOK_EVERY_S - 1, show_spinner=False)
def present_health() -> tuple[list[Check], datetime]:
    """How each part is, and when that was seen, however many windows are open."""
    from ..health.verdict import health  # 0.3 s and 20 MB, for those who look

    checks = health(with_model=False)
    last = _last_look()
    last.failing, last.at_s = is_failing(checks), time.monotonic()
    return checks, datetime.now(UTC)


def is_something_failing(state: SystemState) -> bool:
    """Is there something to look at on the Health page? Asks nobody."""
    last = _last_look()
    lately = time.monotonic() - last.at_s < NEWS_FOR_S
    return state.trouble is not None or (lately and last.failing)
