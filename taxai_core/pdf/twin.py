"""How well a scan was read, judged by the same paper with a text layer: its born-digital twin."""

import re
import time
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pdfplumber

from ..models import Word
from .opening import OpenPdf
from .scan import read_scan

AMOUNT = re.compile(r"[-(]?(?:Rs\.?|₹)?(?:\d[\d,]*\.\d{2}|\d{1,3}(?:,\d{2,3})+)\)?")
# A word of the scan stands at a printed one's place when its middle is no farther outside of it.
# Lines are at least 8 pt apart.
NEAR_PT = 2.0
# Words that are elsewhere on the scan than the paper was shifted by are other words.
MOST_SHIFT_PT = 25.0


class PageScore(NamedTuple):
    """One page: how long it took, and how its amounts came out.

    An amount is a word of the twin's text layer that matches `AMOUNT`. Its counterpart is what
    the scan has at its place. `wrong` sums the edit distances between the two, at most an
    amount's own length each; `characters` sums the lengths.
    """

    seconds: float
    amounts: int
    exact: int
    characters: int
    wrong: int


def score_page(scan: OpenPdf, twin: OpenPdf, page_index: int, *, threads: int) -> PageScore:
    """Read a page of a scan and compare its amounts with those that its twin prints."""
    start = time.monotonic()
    seen = read_scan(scan.document[page_index], threads=threads).upright_words
    seconds = time.monotonic() - start
    printed = _printed(twin, page_index)
    place = _placing(printed, seen)
    amounts = [word for word in printed if AMOUNT.fullmatch(word.text)]
    wrong = [_wrong(amount.text, _text_at(amount, seen, place)) for amount in amounts]
    characters = sum(len(amount.text) for amount in amounts)
    return PageScore(seconds, len(amounts), wrong.count(0), characters, sum(wrong))


def edit_distance(a: str, b: str) -> int:
    """How many characters must be put in, left out or changed to make `b` of `a`."""
    row = list(range(len(b) + 1))
    for i, from_a in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, from_b in enumerate(b, start=1):
            cost = min(row[j] + 1, row[j - 1] + 1, before + (from_a != from_b))
            before, row[j] = row[j], cost
    return row[-1]


def _printed(twin: OpenPdf, page_index: int) -> list[Word]:
    with pdfplumber.open(twin.path, pages=[page_index + 1]) as document:
        words = document.pages[0].extract_words()
    return [Word(w["text"], w["x0"], w["top"], w["x1"], w["bottom"]) for w in words]


def _placing(printed: Sequence[Word], seen: Sequence[Word]) -> npt.NDArray[np.float64]:
    """How places of the twin map to the scan's, from the words that both have exactly once."""
    counts, counts_seen = Counter(w.text for w in printed), Counter(w.text for w in seen)
    once = {word.text: word for word in seen if counts_seen[word.text] == 1}
    both = [word for word in printed if counts[word.text] == 1 and word.text in once]
    here = np.array([_middle(word) for word in both]).reshape(-1, 2)
    there = np.array([_middle(once[word.text]) for word in both]).reshape(-1, 2)
    if not len(both):
        return np.eye(3, 2)
    shift = there - here
    same = np.abs(shift - np.median(shift, axis=0)).max(axis=1) <= MOST_SHIFT_PT
    padded = np.column_stack([here[same], np.ones(same.sum())])
    return np.asarray(np.linalg.lstsq(padded, there[same], rcond=None)[0])


def _middle(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2


def _text_at(printed: Word, seen: Sequence[Word], place: npt.NDArray[np.float64]) -> str:
    corners = np.array([[printed.x0, printed.top, 1], [printed.x1, printed.bottom, 1]]) @ place
    (x0, top), (x1, bottom) = (corners + np.array([[-NEAR_PT], [NEAR_PT]])).tolist()
    there = [
        word for word in seen if x0 < _middle(word)[0] < x1 and top < _middle(word)[1] < bottom
    ]
    return "".join(word.text for word in there)


def _wrong(printed: str, seen: str) -> int:
    return min(len(printed), edit_distance(printed, seen))
