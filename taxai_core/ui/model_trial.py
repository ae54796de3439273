"""Try the model out: one real question about a paper of nobody's."""

import streamlit as st

from .. import service
from ..extract.asking.sample import LINES, SAMPLE_TYPE
from ..jobs.trial_result import Result
from ..service import model as service_model
from ..values import shown
from .attempt import attempt, need
from .plain import plain
from .words import duration

# In this window: the id of the trial that was asked for, and what came of it.
TRIAL, OUTCOME = "model-trial", "model-trial-outcome"
LOOK_EVERY_S = 1


def trial_box() -> None:
    """Draw it, with what came of the last trial."""
    with st.container(border=True):
        st.subheader("Try it", anchor=False)
        st.caption("A real question, as it is asked about gaps, on a paper of nobody's:")
        st.code("\n".join(LINES), language=None)
        st.button("Ask the model", icon=":material/neurology:", key="try-model", on_click=_try)
        if outcome := st.session_state.get(OUTCOME):
            _told(outcome)
        elif trial_id := st.session_state.get(TRIAL):
            st.fragment(_await, run_every=LOOK_EVERY_S)(trial_id)


def _try() -> None:
    st.session_state[OUTCOME] = None
    st.session_state[TRIAL] = attempt(service_model.try_model, "sample")


def _await(trial_id: str) -> None:
    """Watch until it has ended; from then on it stays as it is and nothing is watched."""
    if (outcome := need(service_model.trial_result, trial_id)) is None:
        st.markdown(":material/hourglass_top: Asking… it waits for a free slot before it begins.")
        return
    st.session_state[OUTCOME] = outcome
    st.rerun(scope="app")


def _told(result: Result) -> None:
    if result.error:
        st.warning(result.error, icon=":material/error:")
        return
    right = sum(result.values.get(name) == value for name, value in result.wanted.items())
    st.markdown(
        f"**{right} of {len(result.wanted)} values** in {duration(result.seconds)}, "
        f"{result.prompt_tokens} tokens in, {result.answer_tokens} out ({plain(result.model)})"
    )
    document_type = service.document_types()[SAMPLE_TYPE]
    with st.container(gap="xxsmall"):
        for name, value in result.wanted.items():
            rule = document_type.field(name)
            found = result.values.get(name)
            sign = ":green[:material/check:]" if found == value else ":orange[:material/close:]"
            said = shown("amount", found) if found else "not found"
            st.markdown(f"{sign} {rule.title if rule else name}: {said}")
    st.caption("What the model says counts only where it is printed; the rest is no value.")
