"""Asking the model for one token, from the Health page."""

import streamlit as st

from ..health.model import answer
from ..service import model as service_model
from .attempt import attempt, need
from .health_list import row

# In this window: the id of the trial that was asked for, and what came of it.
TRIAL, OUTCOME = "health-trial", "health-trial-outcome"
LOOK_EVERY_S = 2


def token_trial() -> None:
    """Draw the button, with what came of it."""
    st.button(
        "Ask the model one token", icon=":material/neurology:", key="ask-token", on_click=_ask
    )
    if outcome := st.session_state.get(OUTCOME):
        row(answer(outcome))
    elif trial_id := st.session_state.get(TRIAL):
        st.fragment(_await, run_every=LOOK_EVERY_S)(trial_id)


def _ask() -> None:
    st.session_state[OUTCOME] = None
    st.session_state[TRIAL] = attempt(service_model.try_model, "token")


def _await(trial_id: str) -> None:
    """Watch until it has ended; from then on nothing is watched."""
    if (outcome := need(service_model.trial_result, trial_id)) is None:
        st.markdown(":material/hourglass_top: Asking… it waits for a free slot before it begins.")
        return
    st.session_state[OUTCOME] = outcome
    st.rerun(scope="app")
