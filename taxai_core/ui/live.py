"""A part of a page that is drawn anew by itself."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

P = ParamSpec("P")


def live(every_s: float | None) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Draw a part of a page anew every so many seconds, or only when something in it is pressed.

    It has a place of its own. Where Streamlit draws a part at the heels of the whole page, it lets
    go of what the page has drawn of that part and was not sent yet; without a place that is always
    there, what stands below would move up into it and be drawn over.
    """

    def place(part: Callable[P, None]) -> Callable[P, None]:
        fragment = st.fragment(part, run_every=every_s)

        @wraps(part)
        def draw(*args: P.args, **kwargs: P.kwargs) -> None:
            with st.container():
                fragment(*args, **kwargs)

        return draw

    return place
