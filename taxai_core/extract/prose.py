"""Values in sentences: `… received with thanks from {} a sum of …`."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..doctypes import FieldRule
from .candidate import Candidate, candidate
from .found import value_in
from .names import name_in
from .sheet import Piece, Sheet
from .vocabulary import Vocabulary

# A sentence says it as surely as a label does; its words are few and common, so a little less.
SAID = 0.88
BLANK = "{}"
# Letters between the words before a value and those behind it.
MOST_LETTERS = 90


def in_sentences(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """What a page's sentences say, by the wordings that a type's fields have for them."""
    texts = [piece for piece in sheet.pieces if len(piece.lines) > 1]
    texts += [sheet.flow] if sheet.flow else []
    for rule in vocabulary.document_type.fields:
        ends = [rule, *([other] if (other := vocabulary.partner(rule)) else [])]
        for wording in rule.prose:
            for piece in texts:
                for one in ends:
                    yield from _said(sheet, one, wording.text, piece, vocabulary)


def _said(
    sheet: Sheet, rule: FieldRule, wording: str, piece: Piece, vocabulary: Vocabulary
) -> Iterator[Candidate]:
    before, after = _patterns(wording)
    for match in before.finditer(piece.text):
        end = len(piece.text)
        if after:
            stop = after.search(piece.text, match.end(), match.end() + MOST_LETTERS)
            if stop is None:
                continue
            end = stop.start()
        rest = piece.text[match.end() : min(end, match.end() + MOST_LETTERS)]
        if rule.kind == "name":
            value = name_in(rule, rest, vocabulary)
        else:
            value = value_in(rule, rest, is_scan=sheet.is_scan)
        if value is None or value.start > 4 + _skipped(rest):
            continue
        start = match.end()
        words = piece.words_at(value.start + start, value.end + start)
        if words:
            yield candidate(sheet, rule.name, value.text, piece, words, SAID, "said", value.note)


def _skipped(rest: str) -> int:
    """How many letters before an amount are its currency's."""
    m = re.match(r"[\s:=-]*(?:(?:Rs|INR|₹|Rupees|Mr|Mrs|Ms|Shri|Smt|Dr|M/s)[\s./]*)*", rest, re.I)
    return m.end() if m else 0


@lru_cache(maxsize=2000)
def _patterns(wording: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    before, _, after = wording.partition(BLANK)
    return _pattern(before, r"\W*"), _pattern(after, "") if after.strip(" .,") else None


def _pattern(words: str, end: str) -> re.Pattern[str]:
    """Words in their order, in any case, with at most one more between two of them."""
    said = [re.escape(word) for word in re.findall(r"\w+", words)]
    return re.compile(r"(?<!\w)" + r"\W+(?:\w+\W+)?".join(said) + r"(?!\w)" + end, re.IGNORECASE)
