"""Text of a paper or of a person inside Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!$:~<>|&])")


def plain(text: str) -> str:
    """Escape everything that Markdown, or Streamlit's own marks, would take for a command."""
    return _SPECIAL.sub(r"\\\1", text)
