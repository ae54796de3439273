"""Try the model out: one real question about a paper of nobody's."""

import streamlit as st

from .. import service
from ..extract.asking.sample import LINES, SAMPLE_TYPE
from ..jobs.trial_result import Result
from ..values import shown
from .plain import plain
from .trial import trial
from .words import duration


def trial_box() -> None:
    """Draw it, with what came of the last trial."""
    with st.container(border=True):
        st.subheader("Try it", anchor=False)
        st.caption("A real question, as it is asked about gaps, on a paper of nobody's:")
        st.code("\n".join(LINES), language=None)
        trial("sample", "Ask the model", _told)


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
