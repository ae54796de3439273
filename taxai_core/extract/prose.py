"""Values in sentences: `… received with thanks from {} a sum of …`."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..doctypes import FieldRule
from ..pdf.words import Ink
from ..values import find_values
from .candidate import Candidate, candidate
from .found import Value, value_in
from .label import BLANK, WORD, neighbours_in
from .limits import is_limit
from .names import has_body, name_in
from .sheet import Piece, Sheet
from .signs import signed
from .vocabulary import Vocabulary

# A sentence says it as surely as a label does; its words are few and common, so a little less.
SAID = 0.88
# What a column says of an amount counts more than a sentence above it.
SAID_AMOUNT = 0.82
# `Thank you, Adrian!` has less than the name.
ONE_NAME = 0.55
# What has no word of bodies may be the name of a product: `your Arogya Optima policy`.
OF_PRODUCT = 0.75
_GREETING = re.compile(r"(?:thank|dear|hi|hello)\b", re.IGNORECASE)
# What may stand between an amount and what is said of it: the amount in words.
_BETWEEN = re.compile(r"[\s,./-]*(?:\([^)]*\)|only)?[\s,]*", re.IGNORECASE)
# What may stand between the words before a value and the value.
_BEFORE = re.compile(
    r"[\s:=-]*(?:(?:Rs|INR|₹|Rupees|Mr|Mrs|Ms|Shri|Smt|Dr|M/s)[\s./]*)*", re.IGNORECASE
)
# Letters between the words before a value and those behind it.
MOST_LETTERS = 90
# An amount may stand there in words as well.
MOST_IN_WORDS = 180


def in_sentences(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """What a page's sentences say, by the wordings that a type's fields have for them."""
    flow = [sheet.flow] if sheet.flow else []
    pieces = [(piece, neighbours_in(piece.text)) for piece in [*sheet.pieces, *flow]]
    texts = [one for one in pieces if len(one[0].lines) > 1 or one[0] in flow]
    said = frozenset[str]().union(*(words for _, words in pieces))
    for rule, wording, needed in vocabulary.sentences:
        # A pattern takes longer to make, and to try, than its words to look up.
        if not needed <= said:
            continue
        other = vocabulary.partner(rule)
        # `for the period {} to` names one end only.
        ends = [rule, other] if other and wording.endswith(BLANK) else [rule]
        is_behind = rule.kind == "name" and wording.startswith(BLANK)
        places = pieces[: len(sheet.pieces)] if is_behind else texts
        for piece in [piece for piece, words in places if needed <= words]:
            for one in ends:
                yield from _said(sheet, one, wording, piece, vocabulary)


def _said(
    sheet: Sheet, rule: FieldRule, wording: str, piece: Piece, vocabulary: Vocabulary
) -> Iterator[Candidate]:
    before, after = _patterns(wording)
    if before is None:
        yield from _said_behind(sheet, rule, after, piece, vocabulary)
        return
    for match in before.finditer(piece.text):
        end = len(piece.text)
        if after:
            most = MOST_IN_WORDS if rule.kind == "amount" else MOST_LETTERS
            stop = after.search(piece.text, match.end(), match.end() + most)
            if stop is None or _has_two(rule, piece.text[match.end() : stop.start()]):
                continue
            end = stop.start()
        rest = piece.text[match.end() : min(end, match.end() + MOST_LETTERS)]
        if rule.kind == "name":
            value = name_in(rule, rest, vocabulary)
        else:
            value = value_in(rule, rest, is_scan=sheet.is_scan)
        if value is None or value.start > 4 + _skipped(rest):
            continue
        if rule.holder == "person" and has_body(value.text):
            continue
        start = match.end()
        if rule.kind == "amount" and is_limit(piece.text[: start + value.start]):
            continue
        words = piece.words_at(value.start + start, value.end + start)
        if words:
            text = signed(rule, value.text, wording) if rule.kind == "amount" else value.text
            is_first_name = " " not in value.text and _GREETING.match(wording) is not None
            score = ONE_NAME if is_first_name else SAID_AMOUNT if rule.kind == "amount" else SAID
            if rule.holder == "entity" and not has_body(value.text):
                score = OF_PRODUCT
            yield candidate(sheet, rule.name, text, piece, words, score, "said", value.note)


def _has_two(rule: FieldRule, text: str) -> bool:
    """Do what stands before and behind a value belong to two amounts: `of 5 in … of 7 on …`?"""
    return rule.kind == "amount" and len(find_values("amount", text)) > 1


def _said_behind(
    sheet: Sheet,
    rule: FieldRule,
    after: re.Pattern[str] | None,
    piece: Piece,
    vocabulary: Vocabulary,
) -> Iterator[Candidate]:
    """A value with what it is behind it: `Ravi Thakur (Landlord)`, `Rs. 500 towards rent`."""
    for match in after.finditer(piece.text) if after else ():
        begin = max(line for line in piece.lines if line <= match.start())
        if rule.kind == "name":
            line = piece.text[begin : match.start()].rstrip(" (,-–")
            value = name_in(rule, line, vocabulary)
            is_near = value is not None and not line[value.end :].strip(" .")
        else:
            begin = max(0, match.start() - MOST_LETTERS)
            line = piece.text[begin : match.start()]
            found = [Value(*place) for place in find_values(rule.kind, line)]
            value = found[-1] if found else None
            is_near = value is not None and _BETWEEN.fullmatch(line, value.end) is not None
        if value and is_near:
            words = piece.words_at(begin + value.start, begin + value.end)
            said = piece.words_at(*match.span())
            if rule.kind == "amount" and _ends_row(sheet, words, said):
                continue
            text = signed(rule, value.text, match[0]) if rule.kind == "amount" else value.text
            yield candidate(sheet, rule.name, text, piece, words, SAID, "said", value.note)


def _ends_row(sheet: Sheet, amount: Sequence[Ink], behind: Sequence[Ink]) -> bool:
    """Does a table's row end with an amount, before the words of the next one?"""
    if not amount or not behind or behind[0].top < amount[0].bottom - 1:
        return False
    last = amount[-1]
    return any(
        piece.cell
        and piece.is_amount
        and abs(piece.x1 - last.x1) < 1
        and abs(piece.bottom - last.bottom) < 1
        for piece in sheet.pieces
    )


def _skipped(rest: str) -> int:
    """How many letters before a value are its currency's, or its title's."""
    m = _BEFORE.match(rest)
    return m.end() if m else 0


@lru_cache(maxsize=2000)
def _patterns(wording: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    before, _, after = wording.partition(BLANK)
    return (
        _pattern(before, r"\W*") if before.strip() else None,
        _pattern(after, "") if after.strip(" .,") else None,
    )


def _pattern(words: str, end: str) -> re.Pattern[str]:
    """Words in their order, in any case, with at most one more between two of them."""
    said = [re.escape(word) for word in WORD.findall(words)]
    return re.compile(r"(?<!\w)" + r"\W+(?:\w+\W+)?".join(said) + r"(?!\w)" + end, re.IGNORECASE)
