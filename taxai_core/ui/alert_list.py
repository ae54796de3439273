"""What is wrong, as sentences."""

import streamlit as st

from .. import service
from ..service.alerts import ToldAlert, ToldAlerts
from .plain import plain

# So many of the last day are told; what came before them is in the log.
PAST_SHOWN = 20
ICONS = {"red": ":material/error:", "amber": ":material/warning:"}


@st.cache_data(ttl=2, show_spinner=False)
def present_alerts() -> ToldAlerts:
    """What is wrong, asked every two seconds however many windows are open."""
    return service.alerts()


def alert_list() -> None:
    """What is wrong now, then what was within the last day."""
    found = present_alerts()
    st.subheader("Alerts", anchor=False)
    if not found.present:
        st.caption("Nothing is wrong now.")
    for alert in found.present:
        show = st.error if alert.level == "red" else st.warning
        show(f"{plain(alert.sentence)} {plain(alert.todo)}", icon=ICONS[alert.level])
    if found.past:
        st.caption("Within the last day:")
        st.markdown("\n".join(f"- {plain(one.sentence)}" for one in found.past[:PAST_SHOWN]))


def alert_line() -> None:
    """The first thing that is red, in one line of the sidebar."""
    red = [one for one in present_alerts().present if one.level == "red"]
    if red:
        st.error(_line(red), icon=ICONS["red"])


def _line(red: list[ToldAlert]) -> str:
    more = f" And {len(red) - 1} more on the Resources page." if len(red) > 1 else ""
    return plain(red[0].sentence) + more
