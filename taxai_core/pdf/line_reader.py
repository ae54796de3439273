"""Read lines of text; look twice at what is unclear."""

from collections.abc import Iterable, Sequence

from .misprints import is_figure
from .ocr import Engine, Letter, Picture
from .strip import Piece, cut_words

# How sure the letters of a line must be on average. In corpus/documents what is surer was read
# right, and what is less (0.2 to 0.5) a title with small print beside it: its words are read
# right each at its own height. Clearer lines are left alone, as a lone | would become a 1.
UNCLEAR = 0.85


def read_lines(engine: Engine, strips: Sequence[Picture]) -> list[list[Letter]]:
    """Read strips of one line each, the unclear ones once more word by word."""
    lines = engine.read_strips(strips)
    unclear = [index for index, line in enumerate(lines) if _is_unclear(line)]
    pieces = {index: cut_words(strips[index]) for index in unclear}
    flat = [piece.picture for index in unclear for piece in pieces[index]]
    words = iter(engine.read_strips(flat))
    for index in unclear:
        width = strips[index].shape[1]
        again = _one_line([(piece, next(words)) for piece in pieces[index]], width)
        if sureness(again) > sureness(lines[index]):
            lines[index] = again
    return lines


def sureness(line: Iterable[Letter]) -> float:
    """How sure the letters of a line are on average; 0 without any."""
    sure = [letter.confidence for letter in line]
    return sum(sure) / len(sure) if sure else 0.0


def _is_unclear(line: Sequence[Letter]) -> bool:
    # A figure has no words, and cutting it where a 1 stands alone helps nobody.
    is_lone_figure = is_figure("".join(letter.text for letter in line))
    return sureness(line) < UNCLEAR and not is_lone_figure


def _one_line(words: Iterable[tuple[Piece, Sequence[Letter]]], width: int) -> list[Letter]:
    """The letters of a line's words with blanks between them, their places in the whole line."""
    line: list[Letter] = []
    for piece, letters in words:
        if line and letters:
            line.append(Letter(" ", piece.x0 / width, 1.0))
        span = piece.x1 - piece.x0
        line += [letter._replace(at=(piece.x0 + letter.at * span) / width) for letter in letters]
    return line
