"""Amounts in sentences, each with the words around it: `… has repaid Rs. 500 towards …`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..values import find_values
from .candidate import Candidate, candidate
from .found import IN_WORDS, amounts_in_words, is_rate
from .limits import NOT_SHORT, is_limit
from .sheet import LINE_WORDS, Piece, Sheet
from .signs import signed
from .tokens import Token, tokens_of
from .vocabulary import Vocabulary

# How surely the words of a clause say which amount it is.
BEFORE, AFTER, AROUND, RECEIVED = 0.8, 0.74, 0.7, 0.66
# A clause: from the last sign or `and` before an amount to the next behind it.
_END = re.compile(
    rf"[.;](?=\s+[A-Z(\d]){NOT_SHORT}|[;,](?=\s)"
    r"|\s(?=(?:and|after|with|leaving|out of|of which)\s)",
    re.IGNORECASE,
)
# What is said of an amount behind it begins with one of these.
_BEHIND = re.compile(
    r"[\s,)]*(?:only|/-|\([^)]*\)|\s)*\s*(?:by\s+\w+\s+\w+\s+)?"
    r"(?=(?:towards?|(?:to|in) (?:his|her|their|your|my|the)|on|credited|as|for|was|were|is"
    r"|has been|have been|under|being|in respect|u/s|deposited|deducted|paid|by way|of)\b)",
    re.IGNORECASE,
)
# `I, Ravi Rao, certify …` begins one as well.
_SENTENCE = re.compile(rf"[.](?=\s+[A-Z\"“(]){NOT_SHORT}|\s(?=I,\s+[A-Z])")
# `Take home pay includes reimbursements of …` says what a part is.
_INCLUDES = re.compile(r"\b(?:includes|comprises)\b", re.IGNORECASE)
# `Net pay (Total earnings - Total deductions)` says how the amount is made.
_FORMULA = re.compile(r"\([^()\d]*\s[-–−]\s[^()\d]*\)")
# `towards principal, including a prepayment of 5, 15`: what is said before it is of the last one.
_INCLUDED = re.compile(r"[,(]\s*(?:including|inclusive of)\s[^.;]*$", re.IGNORECASE)
_AFTER_INCLUDED = re.compile(r"[^.;]*[,)]\s*(?:(?:Rs|INR|₹)\.?\s*)?$", re.IGNORECASE)
# `Received with thanks from …, Rs. 500 …`: the first amount is what was received.
_RECEIVED = re.compile(r"\breceived\b.{0,40}?\bfrom\b", re.IGNORECASE | re.DOTALL)
_RECEIPT = frozenset({"received"})


class _Amount(NamedTuple):
    start: int
    end: int
    value: str
    note: str


def in_clauses(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """The amounts of a page's sentences that the words around them name."""
    for piece in _texts(sheet):
        amounts = _amounts(piece.text)
        for index, amount in enumerate(amounts):
            start = amounts[index - 1].end if index else 0
            end = amounts[index + 1].start if index + 1 < len(amounts) else len(piece.text)
            before = _said_before(piece.text, amounts, index)
            yield from _named(sheet, vocabulary, piece, amount, before, end)
            yield from _received(sheet, vocabulary, piece, amount, start)


def _texts(sheet: Sheet) -> Iterator[Piece]:
    if sheet.sentences:
        yield sheet.sentences
    yield from (p for p in sheet.pieces if p.cell and len(p.words) >= LINE_WORDS)


def _amounts(text: str) -> list[_Amount]:
    """Amounts in figures, and in words where no figure says the same before them."""
    places = find_values("amount", text)
    found = [_Amount(*place, "") for place in places if not is_rate(text[place[1] :])]
    for start, end, value in amounts_in_words(text):
        said = [a for a in found if a.value == value and -40 < start - a.end < 12]
        if not said:
            found.append(_Amount(start, end, value, IN_WORDS))
    return sorted(found)


def _said_before(text: str, amounts: list[_Amount], index: int) -> str:
    """What stands between an amount and the one before it, or before what that is a part of."""
    starts = [0, *(amount.end for amount in amounts)]
    before = text[starts[index] : amounts[index].start]
    if index and _AFTER_INCLUDED.match(before):
        whole = text[starts[index - 1] : amounts[index - 1].start]
        if m := _INCLUDED.search(whole):
            return f"{whole[: m.start()]} "
    return before


def _named(
    sheet: Sheet, vocabulary: Vocabulary, piece: Piece, amount: _Amount, before: str, end: int
) -> Iterator[Candidate]:
    before = _FORMULA.sub(" ", before)
    if ends := [m.end() for m in _SENTENCE.finditer(before)]:
        before = before[ends[-1] :]
    if m := _INCLUDED.search(before):
        before = before[m.start() :]  # it is no more than a part
    clauses = [m.end() for m in _END.finditer(before) if before[m.end() :].strip(" ,")]
    near = before[clauses[-1] :] if clauses else before
    after = ""
    if m := _BEHIND.match(piece.text, amount.end, end):
        after = piece.text[m.end() : end]
        if stop := _END.search(after) or _SENTENCE.search(after):
            after = after[: stop.start()]
    if _INCLUDES.search(near):
        return
    options = [(near, BEFORE), (after, AFTER), (f"{near} {after}", AROUND), (before, AROUND - 0.05)]
    best: tuple[float, float, str | None] | None = None
    for text, score in options:
        found = vocabulary.contained(_unique(tokens_of(text)))
        if found:
            weight, label = found
            ranked = (weight * score, score, label.field)
            if best is None or ranked[0] > best[0]:
                best = ranked
    if best is None or best[2] is None:
        return
    rule = vocabulary.document_type.field(best[2])
    words = piece.words_at(amount.start, amount.end)
    if rule and rule.kind == "amount" and words and not is_limit(piece.text[: amount.start]):
        value = signed(rule, amount.value, near)
        yield candidate(sheet, rule.name, value, piece, words, best[1], "clause", amount.note)


def _received(
    sheet: Sheet, vocabulary: Vocabulary, piece: Piece, amount: _Amount, start: int
) -> Iterator[Candidate]:
    field = vocabulary.exact.get(_RECEIPT)
    before = piece.text[start : amount.start]
    said = list(_RECEIVED.finditer(before))
    words = piece.words_at(amount.start, amount.end)
    if (
        field
        and said
        and words
        and not is_limit(before)
        and not _SENTENCE.search(before, said[-1].end())
    ):
        yield candidate(sheet, field, amount.value, piece, words, RECEIVED, "clause", amount.note)


def _unique(tokens: tuple[Token, ...]) -> list[str]:
    return list(dict.fromkeys(token.text for token in tokens))
