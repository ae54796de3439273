"""What a page says without a label: a kind of insurance by its words, a year in its title."""

import re
from collections.abc import Iterator

from .. import values
from ..doctypes import DocumentType, FieldRule
from .candidate import Candidate, candidate
from .found import day_of
from .piece import joined
from .sheet import LINE_WORDS, Piece, Sheet
from .vocabulary import words_of

# How surely a year or month without a label is the paper's: in its head, or anywhere.
IN_HEAD, ANYWHERE, BY_PATTERN, BY_WORDS = 0.62, 0.4, 0.52, 0.8
HEAD = 0.35
# What a sentence says below this share of a page's height is seldom about the paper itself.
LOW = 0.7
# The only period of a page is that of the paper.
ONLY_PERIOD = 0.6
# `Receipt 4402 • 14 August 2024` says two things.
_APART = re.compile(r"[^•·|]+")
_FROM = re.compile(r"(?:period\s+)?from\b", re.IGNORECASE)
_FOR_MONTH = re.compile(r"\b(?:for|of|month)\s*(?:\(s\))?(?:\s*of)?[\s:.-]*\Z", re.IGNORECASE)
# A year behind its name, so many letters further at most.
NAMED, NEAR = 0.86, 4
_YEAR_NAMES = {
    "assessment": re.compile(
        r"\b(?:A\.?\s?Y\.?|Asse?s?s?(?:ment)?\.?\s+(?:Year|Yr\.?))(?![a-z])", re.IGNORECASE
    ),
    "financial": re.compile(
        r"\b(?:F\.?\s?Y\.?|Fin(?:ancial)?\.?\s+(?:Year|Yr\.?)|Tax\s+Year|Previous\s+Year)(?![a-z])",
        re.IGNORECASE,
    ),
}


# `Whether he has opted out (Yes/No): …` asks.
_WHETHER = re.compile(r"\b(?:whether|if|has the)\b[^.?]*$", re.IGNORECASE)
_ASKS = re.compile(r"\W*(?:\(\w+\)\W*)*(?:\([^)]*/[^)]*\)\s*)?[?:]")


def from_words(sheet: Sheet, document_type: DocumentType) -> Iterator[Candidate]:
    """Values that follow from what a page says anywhere."""
    # Forms with a field for each kind of year print its name; a lone year may be the other.
    has_assessment_year = sum(rule.kind == "year" for rule in document_type.fields) > 1
    for rule in document_type.fields:
        if rule.kind == "year":
            yield from _labelled_years(sheet, rule)
        if rule.of_period:
            yield from _period(sheet, rule)
        if rule.where == "words" or rule.statements:
            yield from _choice(sheet, rule)
        elif rule.kind == "month" or (rule.name == "financial_year" and not has_assessment_year):
            yield from _in_head(sheet, rule)
        elif rule.kind == "date" and not rule.of_period:
            yield from _alone_in_head(sheet, rule)
        elif rule.pattern:
            yield from _by_pattern(sheet, rule)


def _labelled_years(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    """Years with their name before them, wherever in a line: `Form 16 for A.Y. 2023-24`."""
    kind = "assessment" if "assessment" in rule.name else "financial"
    for piece in sheet.pieces:
        if piece in sheet.past_years:
            continue
        if is_aside(sheet, piece):
            continue
        for m in _YEAR_NAMES[kind].finditer(piece.text):
            for start, end, value in values.find_values("year", piece.text[m.end() :])[:1]:
                if start <= NEAR:
                    words = piece.words_at(m.end() + start, m.end() + end)
                    yield candidate(sheet, rule.name, value, piece, words, NAMED, "named")


def is_aside(sheet: Sheet, piece: Piece) -> bool:
    """Is it of a sentence at a page's foot? Its year is seldom that of the paper itself."""
    is_in_sentence = len(piece.words) >= LINE_WORDS or sheet.ends_sentence(piece)
    return is_in_sentence and piece.top > LOW * sheet.height


def _period(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    """An end of the only period that a page names."""
    flow = sheet.flow
    if flow is None:
        return
    found = [
        (start, end, value.partition("/")[::2])
        for start, end, value in values.find_values("period", flow.text)
        if values.parse_date(flow.text[start:end]) is None
    ]
    found = found or list(_months(flow.text))
    if len({ends for _, _, ends in found}) == 1:
        for start, end, ends in found:
            day = ends[0 if rule.of_period == "start" else 1]
            words = flow.words_at(start, end)
            yield candidate(sheet, rule.name, day, flow, words, ONLY_PERIOD, "period")


def _months(text: str) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Months that something is paid for, each as its first and last day."""
    for start, end, month in values.find_values("month", text):
        if _FOR_MONTH.search(text, 0, start):
            yield start, end, (day_of(month, "start"), day_of(month, "end"))


def is_of_other_kind(rule: FieldRule, text: str) -> bool:
    """Is the first year of a text named as one of the other kind: `(Assessment Year 2025-26)`?"""
    other = "financial" if "assessment" in rule.name else "assessment"
    m = _YEAR_NAMES[other].search(text)
    first = re.search(r"\d{2}", text)
    return m is not None and first is not None and m.start() < first.start()


def _choice(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    """The choice of which the page says most."""
    flow = sheet.flow
    if flow is None:
        return
    said: dict[str, list[re.Match[str]]] = {}
    text = flow.text.casefold()
    for value, wordings in (rule.statements or rule.choices).items():
        for wording in wordings:
            words = re.findall(r"\w+", wording.text)
            if any(word.casefold() not in text for word in words):
                continue
            pattern = r"(?<!\w)" + r"\W+".join(words) + r"(?!\w)"
            places = re.finditer(pattern, flow.text, re.IGNORECASE)
            said.setdefault(value, []).extend(
                m for m in places if not (rule.statements and _is_asked(flow.text, m))
            )
    ranked = sorted(said.items(), key=lambda each: -len(each[1]))
    ranked = [(value, found) for value, found in ranked if found]
    if ranked and (len(ranked) == 1 or len(ranked[0][1]) > len(ranked[1][1])):
        value, found = ranked[0]
        words_at = flow.words_at(*found[0].span())
        yield candidate(sheet, rule.name, value, flow, words_at, BY_WORDS, "words")


def _is_asked(text: str, said: re.Match[str]) -> bool:
    return bool(_WHETHER.search(text[: said.start()]) or _ASKS.match(text, said.end()))


def _in_head(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    others = _of_assessment(sheet) if rule.kind == "year" else set()
    for piece in (*sheet.pieces, *_over_two(sheet)):
        if piece in others or (rule.kind == "year" and piece in sheet.past_years):
            continue
        for start, end, value in values.find_values(rule.kind, piece.text):
            score = IN_HEAD if piece.top < HEAD * sheet.height else ANYWHERE
            words = piece.words_at(start, end)
            yield candidate(sheet, rule.name, value, piece, words, score, "period")
        if rule.kind == "month" and piece.top < HEAD * sheet.height:
            yield from _whole_month(sheet, rule, piece)


def _whole_month(sheet: Sheet, rule: FieldRule, piece: Piece) -> Iterator[Candidate]:
    """The month that a period is all of: `for 01-Dec-2023 to 31-Dec-2023`."""
    for start, end, value in values.find_values("period", piece.text):
        first, _, last = value.partition("/")
        if (first, last) == (day_of(last[:7], "start"), day_of(last[:7], "end")):
            words = piece.words_at(start, end)
            yield candidate(sheet, rule.name, last[:7], piece, words, IN_HEAD, "period")


def _over_two(sheet: Sheet) -> Iterator[Piece]:
    """The ends of a period that stand apart: `From date: …`, `To date: …`; a month and its year."""
    for piece in sheet.pieces:
        if piece.top > HEAD * sheet.height:
            continue
        for beside in sheet.right_of(piece)[:1]:
            if _FROM.match(piece.text) or _is_month(piece.words[-1].text, beside.words[0].text):
                yield joined(piece, beside)


def _is_month(name: str, year: str) -> bool:
    return name.isalpha() and len(year) == 4 and bool(values.parse_month(f"{name} {year}"))


def _of_assessment(sheet: Sheet) -> set[Piece]:
    """The pieces that name an assessment year, and those beside and below them."""
    named = [p for p in sheet.pieces if "ay" in words_of(p.text)]
    beside = [p for piece in named for p in sheet.right_of(piece)[:1] + sheet.below(piece)[:1]]
    return {*named, *beside}


def _alone_in_head(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    """The only date that stands by itself at the head of a paper is the paper's."""
    head = [p for p in sheet.pieces if p.top < HEAD * sheet.height]
    dates = [
        (p, m.span(), found)
        for p in head
        for m in _APART.finditer(p.text)
        if not p.cell and (found := values.parse_date(m[0].strip()))
    ]
    if len({found for *_, found in dates}) == 1:
        piece, span, found = dates[0]
        words = piece.words_at(*span)
        yield candidate(sheet, rule.name, found.isoformat(), piece, words, IN_HEAD, "period")


def _by_pattern(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    pattern = re.compile(rf"(?<![\w-])(?:{rule.pattern})(?![\w-])")
    for piece in sheet.pieces:
        for m in pattern.finditer(piece.text):
            if not any(map(str.isdigit, m[0])):
                continue  # any word in capitals would do
            words = piece.words_at(*m.span())
            yield candidate(sheet, rule.name, m[0], piece, words, BY_PATTERN, "pattern")
