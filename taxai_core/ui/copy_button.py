"""A button that copies a text."""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent / "copy"
_button = st.components.v2.component(
    "taxai_copy_button",
    html='<button type="button" aria-live="polite"></button>',
    css=(_FOLDER / "copy.css").read_text(),
    js=(_FOLDER / "copy.js").read_text(),
)


def copy_button(label: str, text: str, *, key: str) -> None:
    """Draw it."""
    _button(key=key, data={"label": label, "text": text}, width="content")
