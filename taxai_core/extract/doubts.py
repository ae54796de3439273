"""What shows that a page is a leaflet, or a form that is still to be filled in."""

import re

from .sheet import Sheet

# A leaflet asks; a paper at most `Any questions?`.
FEW_QUESTIONS = 1
# A form that is to be filled in has so many blanks, which speak as often against a type.
FEW_BLANKS = 1
_EXAMPLE = re.compile(r"(?:^|[.:?]\s+)(?:worked\s+|an?\s+)?examples?(?:\s*:|$)", re.IGNORECASE)
_BLANK = re.compile(r":\s*(?:Rs\.?\s*|₹\s*)?_{4,}")


def doubts_on(sheet: Sheet) -> int:
    """How often a page shows it: each question, blank and example after the first ones."""
    texts = [line for piece in sheet.pieces for line in piece.line_texts()]
    questions = sum(text.endswith("?") for text in texts)
    blanks = sum(len(_BLANK.findall(text)) for text in texts)
    examples = any(_EXAMPLE.search(text) for text in texts)
    return max(0, questions - FEW_QUESTIONS) + max(0, blanks - FEW_BLANKS) + examples
