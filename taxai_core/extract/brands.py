"""A firm's full name in the small print, where a paper's head has its brand only."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..doctypes.wording import any_of, common_words
from .piece import Piece
from .sheet import Sheet

# `Kestrel Trade Broking Private Limited`: up to so many words with capitals before the last.
_LEGAL = any_of(common_words().legal_forms)
_BODY = "|".join(common_words().bodies)
_NAME = re.compile(
    r"(?<![\w&])(?:[A-Z][\w&.'-]*,?\s+(?:(?:of|and|for|the|&)\s+)*(?:\([A-Z][\w.]*\)\s+)?){1,8}"
    rf"(?:(?i:{_LEGAL}|{_BODY}))\b\.?"
)
_BEFORE_NAMES = frozenset({"for", "by", "from", "of", "the", "office", "regd", "registered", "at"})
# A shorter brand is in too many names.
LEAST_LETTERS = 5
# A brand's print is so many times as high as that of a name which a scan may misread.
LARGER = 1.5


def full_names(sheet: Sheet, brand: Piece) -> Iterator[tuple[Piece, int, int]]:
    """Where the names of firms stand that begin as a brand does, with the brand and more."""
    letters = _letters(brand.text)
    flow = sheet.flow
    if flow is None or len(letters) < LEAST_LETTERS:
        return
    for start, end, name in _firms(flow.text):
        is_longer = name.startswith(letters) and len(name) > len(letters)
        # Below the brand itself the next line of the head is another thing.
        if is_longer and flow.words_at(start, start + 1)[0] not in brand.words:
            yield flow, start, end


@lru_cache(maxsize=4)
def _firms(text: str) -> list[tuple[int, int, str]]:
    """Where a text has what may be the name of a firm, and its letters; looked for once."""
    found = []
    for match in _NAME.finditer(text):
        for word in re.finditer(r"(?<!\S)[A-Z]", match[0]):
            before = match[0][: word.start()].split()
            if before and before[-1].casefold().strip(".,") not in _BEFORE_NAMES:
                continue  # a name that ends with the brand's words is another's
            start = match.start() + word.start()
            found.append((start, match.end(), _letters(text[start : match.end()])))
    return found


def spelt_as_brand(sheet: Sheet, name: str, size: float) -> str:
    """A scanned name in small print, a letter that it lost or doubled as the brand has it."""
    brands = [
        p.text
        for p in sheet.pieces
        if len(p.words) == 1 and p.size > LARGER * size and len(p.text) > LEAST_LETTERS
    ]
    return " ".join(_spelt(word, brands) for word in name.split(" "))


def _spelt(word: str, brands: Sequence[str]) -> str:
    for brand in brands if word.isalpha() else ():
        longer, shorter = sorted((brand.casefold(), word.casefold()), key=len, reverse=True)
        # A last letter makes a plural.
        without = (longer[:at] + longer[at + 1 :] for at in range(1, len(longer) - 1))
        if len(longer) == len(shorter) + 1 and shorter in without:
            return brand.upper() if word.isupper() else brand.title()
    return word


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()
