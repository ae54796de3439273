"""Who issued a paper: the name at its head, or at its foot, that no label announces."""

import re
from collections.abc import Iterator

from ..doctypes import FieldRule
from .brands import full_names
from .candidate import Candidate, candidate
from .names import has_body, name_in, only_legal
from .piece import Piece, joined
from .sheet import Sheet
from .spots import Spot
from .tokens import tokens_of
from .vocabulary import Vocabulary, words_of

# The head of a page: this share of its height, and so many of its pieces.
HEAD, MOST_PIECES = 0.3, 14
# A piece that is a label as surely as this, or has so much of a title's words, is no name.
LABEL, TITLE = 0.75, 0.8
# What has a word of bodies is a label only from this likeness on: `Post Office Savings Bank`.
BODY_LABEL = 0.9
# Before a name the same in another script.
_OTHER_SCRIPT = re.compile(r"[\u0900-\u0d7f][\u0900-\u0d7f\s./|()-]*(?=[A-Z])")
# A name at the top, less with each piece above it, and more for what names of issuers have: a
# word of bodies, the form of a company at the end, the largest print.
TOP, FURTHER_DOWN, OF_BODY, LEGAL_FORM, LARGEST = 0.5, 0.03, 0.25, 0.1, 0.12
# The full name of a brand at the head, as the small print has it.
FULL = 0.25
# Whose part the issuer is, printed over it: `GOVERNMENT OF INDIA`, `MINISTRY OF RAILWAYS`.
SUPERIOR = 0.3
_SUPERIOR = re.compile(r"\W*(?:government|govt\.?|ministry)\s+of\b", re.IGNORECASE)
# Behind the name in its line something else may stand: `Mercury Registry Ltd | Statement for …`.
_NEXT = re.compile(r"\s+[|•·]\s+")
# `For Asha Finance Ltd` over a signature; a longer line is a sentence.
SIGNED, MOST_LETTERS = 0.6, 70
_FOR = re.compile(r"\s*for\s+(?=[A-Z])", re.IGNORECASE)
_LEGAL = re.compile(
    r"\b(?:ltd|limited|llp|pvt|trust|foundation|society|bank|corporation)\b\.?\W*$", re.I
)
_COMPANY = re.compile(r"\b(?:ltd|limited|llp)\b\.?\W*$", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"@|www\.|https?:|\b\d{6}\b|\bphone|\btel\b|\bpage\b|\bcin\b|gstin|regd"
    r"|registered office|branch\b|\b(?:successful|successfully|thanks?|welcome|receipt|certificate"
    r"|statement|confirmation|acknowledge?ment|payment|invoice|dear|original|duplicate|copy)\b",
    re.I,
)


def issuers(
    sheet: Sheet, vocabulary: Vocabulary, spots: list[Spot], brands: dict[Piece, float]
) -> Iterator[Candidate]:
    """Names that may be the issuer's.

    Args:
        brands: what stood at the heads of the paper's pages before, with how surely each is the
            issuer's; this page's are added, as the full name may be printed on a later page.
    """
    document_type = vocabulary.document_type
    rules = [rule for rule in document_type.fields if rule.where == "letterhead"]
    if not rules:
        return
    own = {rule.name for rule in rules}
    labelled = {
        spot.piece
        for spot in spots
        if spot.match.score > (BODY_LABEL if has_body(spot.piece.text) else LABEL)
        and spot.start < _first_end(spot.piece)
        and not (spot.field in own and _has_more(spot, vocabulary))
        and not (_begins_a_name(spot) and spot.piece in sheet.pieces[:1])
    }
    titles = [words_of(w.text) for w in document_type.recognise.titles]
    head = [p for p in sheet.pieces if p.top < HEAD * sheet.height][:MOST_PIECES]
    head = list(_with_ends(head))
    largest = max((p.size for p in head), default=0.0)
    for rule in rules:
        found: list[Candidate] = []
        for brand, score in brands.items():
            found += _full_name(sheet, vocabulary, rule, brand, score)
        for place, piece in enumerate(head):
            if piece in labelled or _is_title(piece, titles):
                continue
            score = _head_score(piece, place, largest)
            found += _name(sheet, vocabulary, rule, piece, 0, score)
            if not _COMPANY.search(piece.text):
                found += _full_name(sheet, vocabulary, rule, piece, score)
                brands[piece] = score
        yield from (one for one in found if not any(_is_part(one, whole) for whole in found))
        for piece in sheet.pieces:
            m = _FOR.match(piece.text)
            if m and _LEGAL.search(piece.text) and len(piece.text) < MOST_LETTERS:
                yield from _name(sheet, vocabulary, rule, piece, m.end(), SIGNED)


def _has_more(spot: Spot, vocabulary: Vocabulary) -> bool:
    """Is a label only the end of a name: `Sarvottam Mutual Fund`?"""
    first = tokens_of(spot.piece.text)[:1]
    rest = spot.piece.text[spot.end : _first_end(spot.piece)]
    return bool(first) and not rest.strip() and not vocabulary.is_known(first[0].text)


def _first_end(piece: Piece) -> int:
    """Where the first line of a piece, or the first part of it, ends."""
    end = piece.line_end(0)
    m = _NEXT.search(piece.text, 0, end)
    return m.start() if m else end


def _begins_a_name(spot: Spot) -> bool:
    """Is it a word that names may begin with, and no label: `State Seed Certification Agency`?"""
    is_word = spot.field is None and spot.match.label.is_one_word and not spot.is_closed
    text = spot.piece.text
    return is_word and spot.start == 0 and has_body(text) and not any(map(str.isdigit, text))


def _is_part(one: Candidate, whole: Candidate) -> bool:
    """Is a name what a firm's full name in the same place begins or ends with?"""
    if one.page != whole.page or abs(one.box.top - whole.box.top) > one.box.bottom - one.box.top:
        return False
    longer = whole.value.startswith(f"{one.value} ") or whole.value.endswith(f" {one.value}")
    return longer and _COMPANY.search(whole.value) is not None


def _full_name(
    sheet: Sheet, vocabulary: Vocabulary, rule: FieldRule, brand: Piece, score: float
) -> Iterator[Candidate]:
    for flow, start, end in full_names(sheet, brand):
        value = name_in(rule, flow.text[start:end], vocabulary)
        if value:
            words = flow.words_at(start + value.start, start + value.end)
            full = min(1.0, score + FULL)
            yield candidate(sheet, rule.name, value.text, flow, words, full, "letterhead")


def _with_ends(head: list[Piece]) -> Iterator[Piece]:
    """The pieces of a head, `Co. Ltd` put to the line that it ends."""
    taken: set[Piece] = set()
    for piece in head:
        if piece in taken or only_legal(piece.text):
            continue
        for end in head:
            is_near = -piece.size < end.top - piece.bottom < 0.8 * piece.size or (
                abs(end.middle - piece.middle) < 0.5 * piece.size
            )
            if only_legal(end.text) and is_near and end.x0 >= piece.x0 - piece.size:
                taken.add(end)
                piece = joined(piece, end)
                break
        yield piece


def _head_score(piece: Piece, place: int, largest: float) -> float:
    score = TOP - FURTHER_DOWN * place
    if _SUPERIOR.match(piece.text):
        score -= SUPERIOR
    if has_body(piece.text):
        score += OF_BODY
    if _LEGAL.search(piece.text):
        score += LEGAL_FORM
    if piece.size >= 0.95 * largest:
        score += LARGEST
    return score


def _name(
    sheet: Sheet,
    vocabulary: Vocabulary,
    rule: FieldRule,
    piece: Piece,
    at: int,
    score: float,
) -> Iterator[Candidate]:
    if m := _OTHER_SCRIPT.match(piece.text, at):
        at = m.end()
    is_joined = len(piece.lines) > 1 and piece.cell is None
    text = piece.text[at : None if is_joined else piece.line_end(at)]
    if (m := _NEXT.search(text)) and has_body(text[: m.start()]):
        text = text[: m.start()]
    if _NOT_A_NAME.search(text):
        return
    value = name_in(rule, text, vocabulary)
    if value and value.start <= 6 and len(value.text) >= 3:
        words = piece.words_at(at + value.start, at + value.end)
        yield candidate(sheet, rule.name, value.text, piece, words, score, "letterhead")


def _is_title(piece: Piece, titles: list[frozenset[str]]) -> bool:
    end = _first_end(piece)
    is_part = piece.cell is not None or (end < piece.line_end(0) and has_body(piece.text[:end]))
    said = words_of(piece.text[:end] if is_part else piece.text)
    return not said or any(title and len(title & said) >= TITLE * len(title) for title in titles)
