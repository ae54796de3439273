"""What waits for the model, and what it was asked lately."""

from collections.abc import Sequence
from statistics import fmean

import streamlit as st

from ..service.model import Line
from .live import live
from .model_tiles import seen_state
from .words import count, duration, moment

LOOK_EVERY_S = 2
ROW_PX = 28
# As high with one document as with many, so that nothing below moves while they go.
QUEUE_PX, LATELY_PX = 4 * ROW_PX + 10, 12 * ROW_PX
RIGHT = st.column_config.TextColumn(alignment="right")


@live(LOOK_EVERY_S)
def waiting_list() -> None:
    """The documents before the model, with how long they wait."""
    if (state := seen_state()) is None:
        return
    st.subheader("Before the model", anchor=False)
    with st.container(height=QUEUE_PX, border=False):
        if not state.waiting:
            st.caption("Nobody waits.")
            return
        rows = [
            {
                "In line": one.position,
                "Document": one.name,
                "Values wanted": one.ask.gaps,
                "In about": duration(one.wait_s) if one.wait_s is not None else "",
                "Who waits": "a person" if one.ask.is_urgent else "nobody",
            }
            for one in state.waiting
        ]
        st.dataframe(
            rows,
            column_config={"In about": RIGHT},
            row_height=ROW_PX,
            height="stretch",
            key="model-queue",
        )


@live(LOOK_EVERY_S)
def asked_lately() -> None:
    """The last documents, with what they took."""
    if (state := seen_state()) is None:
        return
    st.subheader("Asked lately", anchor=False)
    if not state.lately:
        st.caption("No document yet.")
        return
    st.caption(_usual(state.lately))
    right = {"Found": RIGHT, "Took": RIGHT}
    rows = _rows(state.lately)
    height = min(LATELY_PX, ROW_PX * (len(rows) + 1) + 10)
    st.dataframe(rows, column_config=right, row_height=ROW_PX, height=height, key="model-lately")


def _usual(lines: Sequence[Line]) -> str:
    seconds, calls = fmean(one.ask.seconds for one in lines), fmean(one.ask.calls for one in lines)
    tokens = fmean(one.ask.prompt_tokens + one.ask.answer_tokens for one in lines)
    return (
        f"Mean of the last {count(len(lines), 'document')}: {duration(seconds)}, {calls:.1f} calls "
        f"and {tokens:.0f} tokens a document"
    )


def _rows(lines: Sequence[Line]) -> list[dict[str, object]]:
    return [
        {
            "Document": one.name,
            "Model": one.ask.model,
            "Found": f"{one.ask.filled} of {one.ask.gaps}",
            "Calls": one.ask.calls,
            "Tokens in": one.ask.prompt_tokens,
            "Tokens out": one.ask.answer_tokens,
            "Took": duration(one.ask.seconds),
            "At": moment(one.ask.finished_at) if one.ask.finished_at else "",
        }
        for one in lines
    ]
