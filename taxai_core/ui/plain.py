"""Text of a paper or of a person inside Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!$:~<>|&])")
# Where GitHub's Markdown finds a link without being told, escaped or not.
_LINK = re.compile(r"(www(?=\.)|:(?=//)|@)", re.IGNORECASE)
WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Escape everything that Markdown, or Streamlit's own marks, would take for a command."""
    return _SPECIAL.sub(r"\\\1", _LINK.sub(rf"\1{WORD_JOINER}", text))
