"""Asking the model something of nobody's from a page, and watching until it has answered."""

from collections.abc import Callable

import streamlit as st

from ..jobs.trial_result import Result, What
from ..service import model as service_model
from .attempt import attempt, need
from .live import live

LOOK_EVERY_S = 1


def trial(what: What, label: str, show: Callable[[Result], None]) -> None:
    """Draw the button and below it what came of it in this window; `show` draws an outcome."""
    asked, outcome = f"trial-{what}", f"trial-{what}-outcome"

    def ask() -> None:
        st.session_state[outcome] = None
        st.session_state[asked] = attempt(service_model.try_model, what)

    def watch(trial_id: str) -> None:
        if (found := need(service_model.trial_result, trial_id)) is None:
            st.markdown(
                ":material/hourglass_top: Asking… it waits for a free slot before it begins."
            )
            return
        st.session_state[outcome] = found
        st.rerun(scope="app")  # from here on nothing is watched

    st.button(label, icon=":material/neurology:", key=f"try-{what}", on_click=ask)
    if found := st.session_state.get(outcome):
        show(found)
    elif trial_id := st.session_state.get(asked):
        live(LOOK_EVERY_S)(watch)(trial_id)
