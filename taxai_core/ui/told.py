"""What a component of ours tells, heard also where its page has been left meanwhile."""

from typing import Any

import streamlit as st


def told(key: str, event: str) -> Any:
    """What the component with this key tells just now of an event, or None.

    Where Streamlit hears it together with the change of page, it has let go of the component's
    state, by which alone it finds what is told; an empty one is as good. So what was typed last
    is saved, and the other page opens.
    """
    st.session_state.setdefault(key, {})
    return st.session_state[key].get(event)
