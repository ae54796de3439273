"""A Plotly chart that can be drawn anew every two seconds without a blink."""

import plotly.graph_objects as go
import streamlit as st


def steady_chart(figure: go.Figure, key: str, config: dict[str, bool]) -> None:
    """Draw a figure that changes.

    Streamlit mounts a changed Plotly chart anew, which leaves a hole of 0.1 to 0.3 s. So there are
    two in one place: the one that is drawn anew is hidden, and shown at the next call, when it has
    long been finished. What is seen is therefore one refresh old.
    """
    name = f"steady-{key}"
    figures, hidden = st.session_state.get(name, ([figure, figure], 0))
    figures[hidden] = figure
    st.session_state[name] = (figures, 1 - hidden)
    with st.container(key=name):
        st.html(
            f"<style>.st-key-{name} {{ position: relative; }}"
            f".st-key-{key}-1 {{ position: absolute; inset: 0; }}"
            f".st-key-{key}-{hidden} {{ opacity: 0; pointer-events: none; }}</style>"
        )
        for layer, layered in enumerate(figures):
            st.plotly_chart(layered, config=config, key=f"{key}-{layer}")
