"""Amounts that are printed in thousands, lakhs or crores: no rupees, whatever their label."""

import re
from collections.abc import Iterator

from .piece import Piece
from .sheet import Sheet

# `(Rs. in lakh)`, `₹ in crores`, `in '000`
_SCALED = re.compile(
    r"\b(?:in|rs\.?|inr|rupees|₹)\s*(?:rs\.?|inr|rupees|₹)?\s*"
    r"(?:lakhs?|lacs?|crores?|cr\.?|thousands?|millions?|['’]?000s?)(?!\w)",
    re.IGNORECASE,
)
# `(All amounts are in Rs. lakh)` is said of a page in at most so many words.
MOST_WORDS = 8
_OF_ALL = re.compile(r"\b(?:all|amounts?|figures?|values?)\b", re.IGNORECASE)


def is_scaled(label: str) -> bool:
    """Does a label say that its amount is no number of rupees: `Premium (Rs. in lakh)`?"""
    return _SCALED.search(label) is not None


def scaled_amounts(sheet: Sheet) -> Iterator[Piece]:
    """The amounts below such a heading, or all of a page that says so."""
    for piece in sheet.pieces:
        if len(piece.words) > MOST_WORDS or piece.is_amount or not is_scaled(piece.text):
            continue
        if _OF_ALL.search(piece.text) and not sheet.left_of(piece) and not sheet.right_of(piece):
            yield from sheet.pieces
            return
        yield from (p for p in sheet.right_of(piece) if p.is_amount)
        for below in sheet.below(piece):
            if piece.cell and below.cell and not below.shares_table(piece):
                break
            if below.is_amount:
                yield below
