"""Tables of a scanned page: its words and lines, read as those of any other page are."""

from dataclasses import replace

from ..models import Box, Method, Table, pack_cells
from .layout import read_layout
from .opening import open_pdf
from .scan import Scan
from .tables import read_tables
from .words import Ink, print_of

# A font is this many times as high as its capitals and figures: 1.15 to 1.2 em to 0.72 em.
FONT_HEIGHTS = 1.6


def read_scan_tables(
    scan: Scan, page_index: int, *, method: Method | None = None, area: Box | None = None
) -> list[Table]:
    """Read the tables of a scan; the arguments are those of `read_tables`."""
    if not scan.words:
        return []
    upright_area = scan.upright(area) if area else None
    with open_pdf(scan.as_page_pdf(), password=None, max_pages=1) as page:
        layout = read_layout(page.document[0])
        layout = replace(layout, words=[_as_printed(word) for word in layout.words])
        tables = read_tables(page, 0, layout=layout, method=method, area=upright_area)
    return [_shown(table, scan, page_index) for table in tables]


def _shown(table: Table, scan: Scan, page_index: int) -> Table:
    """A table of the upright page as one of the page as it is shown."""
    cells = [box and scan.shown(box) for row in table.cell_boxes() for box in row]
    return table.model_copy(
        update={
            "page": page_index + 1,
            "bbox": scan.shown(table.bbox),
            "cells": pack_cells(cells),
            "is_ocr": True,
        }
    )


def _as_printed(word: Ink) -> Ink:
    """The word as high as its font, by which the room between words is judged, not as its ink."""
    more = (FONT_HEIGHTS - 1) / 2 * word.height
    return replace(word, top=word.top - more, bottom=word.bottom + more, printed=print_of([word]))
