"""Tables of one page: read from its own words and lines, with other parsers where that is weak."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..models import Box, Method, Table, pack_cells
from .aligned import Block, find_blocks
from .drawing import Drawing, Rule
from .forms import Place, grid_tables
from .layout import Layout, read_layout
from .lines import lines_of
from .opening import OpenPdf
from .parsers import ask_camelot, ask_pdfplumber
from .rivers import rivers_of, with_figure_walls, with_walls
from .row import InkRows, texts_of
from .rows import rows_of
from .ruled import find_grids
from .score import MARGIN, WEAK, Rows, is_part_of_form, is_table, score, without_empty_columns
from .words import Ink, print_of
from .zones import zones_of

# A table that lies in a chart by more than this is the chart's axis and legend.
IN_CHART = 0.15
# Words this near to a ruled table's edge belong to it: its print may touch the border.
EDGE_PT = 2.0
# Another reading of the same place must hold nearly all of its letters, and hardly more.
ALL_LETTERS = 0.95


def read_tables(
    pdf: OpenPdf,
    page_index: int,
    *,
    layout: Layout | None = None,
    method: Method | None = None,
    area: Box | None = None,
    light: bool = False,
) -> list[Table]:
    """Read all tables of a page, from top to bottom as it is read.

    Args:
        layout: the page's, where it has been read already.
        method: read in this way only; None for the one that suits each table.
        area: look only here, in points from the top left of the page as shown; where no lines make
            a table of it, all of its text is one.
        light: ask no other parser about weak tables.
    """
    layout = layout or read_layout(pdf.document[page_index])
    if area is not None:
        tables = _read_area(pdf, page_index, layout, method, area)
    elif method in ("ruled", "aligned"):
        tables = [t for t in _read_own(layout, page_index) if t.method == method]
    elif method is not None:
        tables = _ask(pdf, page_index, layout, method)
    elif light:
        tables = _read_own(layout, page_index)
    else:
        tables = _read_best(pdf, page_index, layout)
    return sorted(tables, key=lambda table: _place_read(layout, table))


def _place_read(layout: Layout, table: Table) -> tuple[float, float]:
    """How far down and to the right it stands, the way up that the page is read."""
    x0, top, _, _ = layout.frame.read(table.bbox)
    return top, x0


def _read_best(pdf: OpenPdf, page_index: int, layout: Layout) -> list[Table]:
    """The page's own reading; where a table of it is weak, the best of what others make of it."""
    tables = [_better(pdf, page_index, layout, t) for t in _read_own(layout, page_index)]
    if not tables and layout.is_over_scan:
        # The lines of a scan stand in the picture under its text layer.
        found = ask_camelot(pdf, page_index, "lattice", raster=True)
        tables = [t for t in map(_tidied, found) if is_table(t.rows, ruled=True)]
    return tables


def _better(pdf: OpenPdf, page_index: int, layout: Layout, table: Table) -> Table:
    if table.accuracy >= 100 * WEAK:
        return table
    turn = -layout.frame.turn % 4
    others = ask_camelot(pdf, page_index, "network", area=table.bbox, turn=turn)
    others += ask_pdfplumber(pdf, page_index, area=table.bbox)
    whole = [
        t
        for t in map(_tidied, others)
        if ALL_LETTERS <= _letters(t) / _letters(table) <= 1 / ALL_LETTERS
    ]
    best = max(whole, key=lambda t: t.accuracy, default=table)
    if best.accuracy < table.accuracy + 100 * MARGIN:
        return table
    return best.model_copy(update={"bbox": table.bbox})


def _letters(table: Table) -> int:
    return sum(len(cell) for row in table.rows for cell in row)


def _ask(
    pdf: OpenPdf, page_index: int, layout: Layout, method: Method, area: Box | None = None
) -> list[Table]:
    """What another parser finds, all of it: a person has asked for that."""
    if method == "pdfplumber":
        found = ask_pdfplumber(pdf, page_index, area=area)
    else:
        turn = -layout.frame.turn % 4
        found = ask_camelot(pdf, page_index, method, area=area, turn=turn)
        if not found and method in ("lattice", "hybrid"):
            found = ask_camelot(pdf, page_index, method, area=area, turn=turn, raster=True)
    return [table for table in map(_tidied, found) if table.rows]


def _read_area(
    pdf: OpenPdf, page_index: int, layout: Layout, method: Method | None, area: Box
) -> list[Table]:
    if method not in (None, "ruled", "aligned"):
        return _ask(pdf, page_index, layout, method, area)
    place = layout.frame.read(area)
    inside = replace(
        layout,
        words=[word for word in layout.words if _is_in(word, place)],
        drawing=_clipped(layout.drawing, place),
    )
    ruled = [t for t in _read_own(inside, page_index) if t.method == "ruled"]
    if method == "ruled" or (method is None and ruled):
        return ruled
    words = inside.level_words()
    lines = lines_of(word for word in words if word.turn == 0)
    if not lines:
        return []
    rivers = with_walls(rivers_of(lines), lines, inside.drawing.down)
    block = Block(lines, with_figure_walls(rivers, lines))
    cells = rows_of(block.lines, block.rivers, inside.drawing.across)
    return [_table(layout, page_index, "aligned", block.box, cells, texts_of(cells))]


def _read_own(layout: Layout, page_index: int) -> list[Table]:
    """Tables with lines around their cells, then those that stand in columns beside them."""
    words, drawing = layout.level_words(), layout.drawing
    charts = drawing.charts()
    tables, places = [], []
    for grid in find_grids(drawing, words):
        parts = grid_tables(grid)
        for box, cells in parts:
            rows = texts_of(cells)
            is_one = is_part_of_form(rows) if len(parts) > 1 else is_table(rows, ruled=True)
            if is_one and not _is_in_chart(box, charts):
                tables.append(_table(layout, page_index, "ruled", box, cells, rows))
                places.append(grid.box)
    rest = [w for w in words if w.turn == 0 and not any(_is_in(w, place) for place in places)]
    for lines in zones_of(rest):
        for block in find_blocks(lines, drawing):
            cells = without_empty_columns(rows_of(block.lines, block.rivers, drawing.across))
            rows = texts_of(cells)
            if is_table(rows, ruled=False) and not _is_in_chart(block.box, charts):
                tables.append(_table(layout, page_index, "aligned", block.box, cells, rows))
    return tables


def _table(
    layout: Layout, page_index: int, method: Method, place: Place, cells: InkRows, rows: Rows
) -> Table:
    shown = layout.frame.shown
    return Table(
        page=page_index + 1,
        bbox=shown(*place),
        method=method,
        accuracy=round(100 * score(rows), 1),
        rows=rows,
        cells=pack_cells(shown(*print_of(cell)) if cell else None for row in cells for cell in row),
    )


def _tidied(table: Table) -> Table:
    """Another parser's table, scored as ours are."""
    rows = without_empty_columns(table.rows)
    return table.model_copy(update={"rows": rows, "accuracy": round(100 * score(rows), 1)})


def _is_in(word: Ink, place: Place) -> bool:
    x0, top, x1, bottom = place
    return (
        x0 - EDGE_PT <= (word.x0 + word.x1) / 2 <= x1 + EDGE_PT
        and top - EDGE_PT <= word.middle <= bottom + EDGE_PT
    )


def _is_in_chart(place: Place, charts: Iterable[Place]) -> bool:
    x0, top, x1, bottom = place
    return any(
        max(0.0, min(x1, c[2]) - max(x0, c[0])) * max(0.0, min(bottom, c[3]) - max(top, c[1]))
        > IN_CHART * (x1 - x0) * (bottom - top)
        for c in charts
    )


def _clipped(drawing: Drawing, place: Place) -> Drawing:
    x0, top, x1, bottom = place
    return Drawing(
        across=_cut(drawing.across, top, bottom, x0, x1),
        down=_cut(drawing.down, x0, x1, top, bottom),
    )


def _cut(rules: Sequence[Rule], least: float, most: float, start: float, end: float) -> list[Rule]:
    return [
        Rule(rule.at, max(rule.start, start), min(rule.end, end))
        for rule in rules
        if least - EDGE_PT <= rule.at <= most + EDGE_PT
        and min(rule.end, end) - max(rule.start, start) > 0
    ]
