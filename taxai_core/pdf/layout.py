"""What stands on a page and where: its words, what it draws, and which way it is read."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from ..models import PageKind, Word, Words
from .drawing import Drawing, Rule, read_drawing
from .frame import Frame
from .lines import lines_of, with_currency, without_leaders
from .words import SLANTED, Ink, read_words
from .zones import zones_of

# A picture that covers so much of a page is the page itself, scanned; a letterhead covers less.
SCAN_COVERS = 0.5
# A scan may carry some real text: a page number, the stamp of a digital signature.
SCAN_WORDS = 15
# Print of a font without a table of its letters comes out as marks that no paper prints.
MOST_USELESS = 0.2
# A page without letters is still a page of print where it draws them as outlines.
LEAST_OUTLINES = 400
# A line typed with the keyboard, as programs of the 1980s print them: `----------`.
_TYPED_RULE = re.compile(r"[-=_—–]{5,}|[*]{8,}")


@dataclass(frozen=True)
class Layout:
    """A page, read once by everything that follows."""

    frame: Frame
    words: list[Ink]  # as printed, in the order of the PDF
    drawing: Drawing

    @property
    def kind(self) -> PageKind:
        """Text, a scan that has to be read from its picture, or nothing."""
        if not self.words or is_useless(self.words):
            return "scan" if self._shows_anything else "blank"
        if len(self.words) < SCAN_WORDS and self._picture_share > SCAN_COVERS:
            return "scan"
        return "text"

    @property
    def is_over_scan(self) -> bool:
        """Is the text a hidden layer over a scan, whose lines are only in the picture?"""
        drawn = self.drawing
        return self._picture_share > SCAN_COVERS and drawn.letters_hidden > drawn.letters_seen

    def level_words(self) -> list[Ink]:
        """Those that tables are made of: leaders and what is printed aslant are left out."""
        words = [word for word in self.words if not _TYPED_RULE.fullmatch(word.text)]
        level = [word for word in words if word.turn == 0]
        rest = [word for word in words if word.turn not in (0, SLANTED)]
        lines = without_leaders(lines_of(level))
        return [w for line in lines for w in with_currency(line, self.drawing.down)] + rest

    def in_reading_order(self) -> Words:
        """All words, column of text by column of text, on the page as it is shown."""
        level = [word for word in self.words if word.turn == 0]
        rest = [word for word in self.words if word.turn != 0]
        ordered = [w for zone in zones_of(level) for line in zone for w in line.words]
        return Words.pack(map(self._shown, [*ordered, *rest]), level=len(ordered))

    def _shown(self, word: Ink) -> Word:
        box = self.frame.shown(word.x0, word.top, word.x1, word.bottom)
        return Word(word.text, box.x0, box.top, box.x1, box.bottom, word.confidence)

    @property
    def _shows_anything(self) -> bool:
        drawn = self.drawing
        has_outlines = len(drawn.slants) >= LEAST_OUTLINES
        return bool(drawn.pictures) or has_outlines or drawn.letters_seen > 0

    @property
    def _picture_share(self) -> float:
        width, height = self.frame.size
        seen = (
            max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(bottom, height) - max(top, 0.0))
            for x0, top, x1, bottom in self.drawing.pictures
        )
        return sum(seen) / (width * height)


def read_layout(page: pdfium.PdfPage) -> Layout:
    """Read a page's words and drawing, the way up that most of its text runs."""
    frame = Frame.of(page)
    words = read_words(page, frame)
    turn = usual_turn(words)
    if turn:
        frame = frame.turned(-turn)
        words = read_words(page, frame)
    drawing = read_drawing(page, frame)
    typed = [word for word in words if _TYPED_RULE.fullmatch(word.text)]
    drawing.across += [Rule(word.middle, word.x0, word.x1) for word in typed]
    return Layout(frame, words, drawing)


def usual_turn(words: Sequence[Ink]) -> int:
    """How most letters run: quarters clockwise from level."""
    letters = [0, 0, 0, 0, 0]
    for word in words:
        letters[word.turn] += len(word.text)
    return max(range(4), key=lambda turn: letters[turn])


def is_useless(words: Sequence[Ink]) -> bool:
    """Is the text layer no text: letters that stand for nothing?"""
    letters = "".join(word.text for word in words)
    bad = sum(
        letter == "\ufffd" or unicodedata.category(letter) in ("Co", "Cn", "Cc", "Cs")
        for letter in letters
    )
    return bad > MOST_USELESS * len(letters)
