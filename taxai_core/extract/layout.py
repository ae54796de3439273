"""A page's words as pieces: the cells of its tables, and what stands outside of them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..models import Page, Table
from ..pdf.lines import Line, lines_of, usual_height
from ..pdf.words import Ink
from .carets import fields_of, is_parted
from .crowded import behind_amounts, crowded_columns, over_rows, with_rows_joined
from .paise import Grid, with_paise
from .piece import Piece, piece_of
from .spacing import with_months_apart, without_spacing
from .staggered import widen_headings
from .strokes import Wall, column_strokes, parts_of, without_rules
from .turning import as_read, bounds_of, holds

# Words outside of tables that stand further apart than this are pieces of their own.
PIECE_EM = 1.1
# No heading is so many times as high as the page's usual print.
GIANT = 4.5
# The number of the table that lines parted by carets are, and how many columns it may have.
CARETS, MOST_FIELDS = -1, 40
# Words may stand so many points outside of their table, and of their cell.
TABLE_PT, CELL_PT = 3, 0.6


class Layout(NamedTuple):
    """The pieces of a page from top to bottom, its tables, and its words in reading order."""

    width: float
    height: float
    pieces: list[Piece]
    words: list[Ink]
    tables: dict[int, Grid]


def layout_of(page: Page) -> Layout:
    """Lay out a page the way it is read: fields between carets, then tables, then lines."""
    shown = (page.width_pt, page.height_pt)
    width, height = shown if page.turn % 2 == 0 else shown[::-1]
    words = [as_read(word, page) for word in page.words.level_words()]
    words = with_months_apart(without_spacing(_without_giants(words)))
    words, walls = column_strokes(without_rules(words))
    parted, rest = _between_carets(words, width)
    tables = {CARETS: parted} if parted else {}
    for number, table in enumerate(page.tables):
        tables[number], rest, found = _cells(page, number, table, rest, walls)
        walls = [*walls, *found]
    pieces = [piece for grid in tables.values() for row in grid for piece in row if piece]
    for line in lines_of(rest):
        pieces += [piece_of([part.words]) for part in _parts(line, walls)]
    widen_headings(pieces, iter(tables.values()))
    pieces.sort(key=lambda p: (p.top, p.x0))
    return Layout(width, height, pieces, words, tables)


def _parts(line: Line, walls: Sequence[Wall]) -> Iterator[Line]:
    """What stands apart in a line; beside a sign as high as two lines each of the two is one."""
    for part in parts_of(line, PIECE_EM, walls):
        for one in lines_of(part.words):
            yield from parts_of(one, PIECE_EM, walls)


def _cells(
    page: Page, number: int, table: Table, words: list[Ink], walls: Sequence[Wall]
) -> tuple[Grid, list[Ink], list[Wall]]:
    """The cells of a table, the words that are in none of them, and the walls within columns."""
    bounds = bounds_of(table.bbox, page, TABLE_PT)
    inside = [word for word in words if holds(bounds, word)]
    taken: set[int] = set()
    cells: list[list[list[Line]]] = []
    for row in table.cell_boxes():
        cells.append([])
        places = [box and bounds_of(box, page, CELL_PT) for box in row]
        top = min((place[1] for place in places if place), default=0.0)
        bottom = max((place[3] for place in places if place), default=0.0)
        beside = [w for w in inside if top <= w.middle <= bottom and id(w) not in taken]
        for place in places:
            found = [w for w in beside if place and id(w) not in taken and holds(place, w)]
            taken.update(map(id, found))
            cells[-1].append(lines_of(found))
    within = behind_amounts(cells)
    crowded = crowded_columns(cells, PIECE_EM, [*walls, *within])
    grid: Grid = []
    for r, each in enumerate(cells):
        grid.append([])
        for c, lines in enumerate(each):
            if c in crowded:
                taken -= {id(word) for line in lines for word in line.words}
                lines = []
            piece = piece_of([line.words for line in lines], (number, r, c)) if lines else None
            grid[-1].append(piece)
    rest = [word for word in words if id(word) not in taken]
    return over_rows(with_rows_joined(with_paise(grid))), rest, within


def _between_carets(words: list[Ink], width: float) -> tuple[Grid, list[Ink]]:
    """The fields of lines that are parted by carets, as the rows of a table, and all other words.

    Such lines are no wider than their text, so fields of one column do not stand below each other.
    """
    rows: Grid = []
    rest = words
    for line in lines_of(words):
        if not is_parted(line.words):
            continue
        taken = set(map(id, line.words))
        rest = [word for word in rest if id(word) not in taken]
        row: list[Piece | None] = []
        for column, found in enumerate(fields_of(line.words)):
            piece = piece_of([found], (CARETS, len(rows), column)) if found else None
            if piece:
                piece.x0, piece.x1 = (width * at / MOST_FIELDS for at in (column, column + 0.9))
            row.append(piece)
        rows.append(row)
    return rows, rest


def _without_giants(words: Sequence[Ink]) -> list[Ink]:
    """Without a watermark's words: as high as several lines, they would join those."""
    if not words:
        return []
    usual = usual_height(words)
    return [word for word in words if word.height <= GIANT * usual]
