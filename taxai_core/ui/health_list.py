"""The Health page: one row a check, small where it is well and open where it is not."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from ..health.check import Check, State
from ..health.report import report
from .copy_button import copy_button
from .health_state import LOOK_EVERY_S, present_health
from .live import live
from .plain import plain

SIGNS = {
    "ok": ":gray[:material/check:]",
    "warn": ":orange[:material/warning:]",
    "fail": ":red[:material/error:]",
}
_WORDS: dict[State, str] = {"fail": "failing", "warn": "to look at"}
WIDTHS = (3, 3, 11)
# Small rows stand under the open ones, and these are no higher than what they say.
_STYLE = """<style>
[class*="st-key-health-"] { padding: .15rem .9rem; }
</style>"""


@live(LOOK_EVERY_S)
def health_list() -> None:
    """Draw it."""
    checks, at = present_health()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_summary(checks)}**", width="stretch")
        copy_button("Copy report", report(checks, at), key="copy-report")
    st.html(_STYLE)
    with st.container(gap="xxsmall"):
        for check in checks:
            row(check)
    st.caption(
        f"Seen at {at.astimezone():%H:%M:%S}; looked at again every {LOOK_EVERY_S} seconds. The "
        "report has no names, no paths and nothing of any paper."
    )


def row(check: Check) -> None:
    """Draw one check."""
    is_well = check.state == "ok"
    with st.container(border=not is_well, gap="xxsmall", key=f"health-{check.name}"):
        name, figure, sentence = st.columns(WIDTHS, vertical_alignment="center")
        if is_well:
            name.caption(f"{SIGNS['ok']} {plain(check.name)}")
            figure.caption(plain(check.figure))
            sentence.caption(plain(check.sentence))
            return
        name.markdown(f"{SIGNS[check.state]} **{plain(check.name)}**")
        figure.markdown(f"**{plain(check.figure)}**")
        todo = f"  \n:material/arrow_forward: {plain(check.todo)}" if check.todo else ""
        sentence.markdown(f"{plain(check.sentence)}{todo}")


def _summary(checks: Sequence[Check]) -> str:
    count = Counter(check.state for check in checks)
    if count["ok"] == len(checks):
        return f"All {len(checks)} parts are well."
    bad = [f"{count[state]} {word}" for state, word in _WORDS.items() if count[state]]
    return f"{' and '.join(bad)}; {count['ok']} of {len(checks)} parts are well."
