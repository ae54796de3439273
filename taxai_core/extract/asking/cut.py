"""Is an answer only a part of the name or the number that is printed there?"""

from ...doctypes import FieldRule
from ...doctypes.wording import common_words
from ...values import find_values
from ..found import Value, value_in
from ..names import LABEL, LOWER_WORDS, MOST_WORDS, is_titled, name_in, only_legal
from ..tokens import tokens_of
from ..vocabulary import Vocabulary
from .printed import Place

# Before a name, and no part of it: `Received from`, `Dear`.
_EDGES = frozenset({"dear", "respected", *common_words().after_names})


def is_cut(vocabulary: Vocabulary, rule: FieldRule, place: Place, value: Value) -> bool:
    """Does what it is read from begin before it, or go on behind it?

    A name reaches from one edge to the other: that of its piece, a label, a title, a sign, or a
    word that no name has.
    """
    is_name = rule.kind == "name"
    text, start, end = _before_codes(place), place.start + value.start, place.start + value.end

    def read(at: int) -> Value | None:
        if is_name:
            return name_in(rule, text[at:], vocabulary)
        return value_in(rule, text[at:], is_scan=place.page.sheet.is_scan)

    whole = read(place.start)
    if whole is None or any(map(str.isalnum, text[end : place.start + whole.end])):
        return True
    if is_name and _goes_on_below(place):
        return True
    before = [at for at in place.piece.starts if text[at:start].strip()][-MOST_WORDS[rule.holder] :]
    if any(_is_label(vocabulary, text[at:start]) for at in before):
        return False
    for at in reversed(before):
        if _is_edge(text[at:start]):
            return False
        at += text[at] in "(["
        longer = read(at)
        if longer and at + longer.start < start < at + longer.end:
            return True
    return False


def _before_codes(place: Place) -> str:
    """The text of its piece as far as no PAN, TAN or year follows, which end what is before."""
    text = place.piece.text
    found = [start for kind in ("pan", "tan", "year") for start, *_ in find_values(kind, text)]
    ends = [start for start in found if start > place.end and text[start - 1].isspace()]
    return text[: min(ends, default=len(text))]


def _is_label(vocabulary: Vocabulary, text: str) -> bool:
    *_, last = text.split()
    best = vocabulary.best(tokens_of(text))
    is_initial = len(last.strip(".")) == 1 and last[0].isalpha()  # `Smt. A. Menon`
    return best is not None and best.score >= LABEL and not is_initial


def _is_edge(before: str) -> bool:
    """Does no name go on from the first of these words, the rest of which were looked at?"""
    word, *rest = before.split()
    if not rest and is_titled(before):
        return True
    is_small = word[0].islower() and word not in LOWER_WORDS
    return is_small or word.strip(".,:").casefold() in _EDGES


def _goes_on_below(place: Place) -> bool:
    """Is the line below it the end of a firm's name: `Private Limited`?"""
    if any(map(str.isalnum, place.piece.text[place.end :])):
        return False
    lines = place.page.sheet.stacked()
    return any(piece is place.piece and only_legal(below.text) for piece, below in lines)
