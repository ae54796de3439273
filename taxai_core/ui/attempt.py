"""Doing what a person asked, and telling them in a sentence where it did not work."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import streamlit as st

from ..errors import TaxAIError

P = ParamSpec("P")
R = TypeVar("R")
NOTICE = "notice"


def attempt(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """Run an action of the service; on failure keep its sentence for the next drawing of the page.

    Works in callbacks too, which run before the page is drawn.
    """
    try:
        return action(*args, **kwargs)
    except TaxAIError as error:
        st.session_state[NOTICE] = str(error)
        return None


def need(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what a page cannot do without; on failure say so and end the page there."""
    try:
        return action(*args, **kwargs)
    except TaxAIError as error:
        st.warning(str(error), icon=":material/error:")
        st.stop()


def show_notice() -> None:
    """Show what went wrong since the page was drawn last."""
    if notice := st.session_state.pop(NOTICE, None):
        st.warning(notice, icon=":material/error:")
