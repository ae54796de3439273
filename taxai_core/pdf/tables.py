"""Tables of one page: Camelot, and pdfplumber where Camelot finds nothing."""

import logging
import warnings
from collections.abc import Iterable

import camelot
import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..models import Box, Method, Table
from .opening import OpenPdf

log = logging.getLogger(__name__)

# A frame drawn around prose comes out as a grid with hardly a cell filled, and a line of prose as
# one row or column. Measured on corpus/tables: without this filter F1 falls from 0.94 to 0.85.
LEAST_ROWS, LEAST_COLUMNS, LEAST_FILLED = 2, 2, 0.3
# Indented or bulleted prose aligns like a table without lines, but in long cells or mostly one a
# row. On corpus/tables these bounds cost no true relation and take out a fifth of the false ones.
MOST_WORDS_A_CELL, MOST_LONELY_ROWS = 6.0, 0.5
# What Camelot renders with by default; its line finder's sizes are tuned to it.
RASTER_DPI = 300


def read_tables(pdf: OpenPdf, page_index: int) -> list[Table]:
    """Read all tables of a page, from top to bottom.

    Ruled tables are read from the lines the page draws (`lattice`), what stands beside them by
    the alignment of its text (`network`). Where both find nothing, the lines of a scanned
    picture under a text layer are tried, then pdfplumber.
    """
    page = pdf.document[page_index]
    height_pt = page.get_height()
    tables = _plausible(_camelot(pdf, page_index, height_pt, "lattice", engine="vector"))
    aligned = _plausible(_camelot(pdf, page_index, height_pt, "network"))
    tables += [
        table
        for table in aligned
        if not _is_prose(table) and not any(_overlap(table.bbox, t.bbox) for t in tables)
    ]
    if not tables and _has_picture(page):
        renderer = _Renderer(pdf.document)
        tables = _plausible(_camelot(pdf, page_index, height_pt, "lattice", backend=renderer))
    if not tables:
        tables = _plausible(_pdfplumber(pdf, page_index))
    return sorted(tables, key=lambda table: (table.bbox.top, table.bbox.x0))


def _camelot(
    pdf: OpenPdf, page_index: int, height_pt: float, flavor: Method, **options: object
) -> list[Table]:
    number = page_index + 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "no tables found on page …"
            found = camelot.read_pdf(pdf.path, pages=str(number), flavor=flavor, **options)
    except Exception as error:
        # Seen on damaged pages as KeyError, ZeroDivisionError, RecursionError and more; the
        # other methods may still read the page.
        _raise_if_out_of_memory(error)
        log.warning("camelot %s failed on page %d: %s", flavor, number, type(error).__name__)
        return []
    tables = []
    for table in found:
        x0, y0, x1, y1 = table._bbox
        box = Box(x0=x0, top=height_pt - y1, x1=x1, bottom=height_pt - y0)
        rows = [[_tidy(cell) for cell in row] for row in table.df.itertuples(index=False)]
        accuracy = round(float(table.accuracy), 1)
        tables.append(Table(page=number, bbox=box, method=flavor, accuracy=accuracy, rows=rows))
    return tables


def _pdfplumber(pdf: OpenPdf, page_index: int) -> list[Table]:
    number = page_index + 1
    tables = []
    try:
        with pdfplumber.open(pdf.path, pages=[number]) as document:
            for table in document.pages[0].find_tables():
                x0, top, x1, bottom = table.bbox
                rows = [[_tidy(cell or "") for cell in row] for row in table.extract()]
                box = Box(x0=x0, top=top, x1=x1, bottom=bottom)
                tables.append(
                    Table(page=number, bbox=box, method="pdfplumber", accuracy=0.0, rows=rows)
                )
    except Exception as error:
        _raise_if_out_of_memory(error)
        log.warning("pdfplumber failed on page %d: %s", number, type(error).__name__)
    return tables


def _plausible(tables: Iterable[Table]) -> list[Table]:
    kept = []
    for table in tables:
        rows = [row for row in table.rows if any(row)]
        if len(rows) < LEAST_ROWS or len(rows[0]) < LEAST_COLUMNS:
            continue
        cells = [cell for row in table.rows for cell in row]
        if sum(map(bool, cells)) >= LEAST_FILLED * len(cells):
            kept.append(table)
    return kept


def _is_prose(table: Table) -> bool:
    cells = [cell for row in table.rows for cell in row if cell]
    words = sum(len(cell.split()) for cell in cells) / len(cells)
    lonely = sum(sum(map(bool, row)) <= 1 for row in table.rows) / len(table.rows)
    return words >= MOST_WORDS_A_CELL or lonely >= MOST_LONELY_ROWS


def _overlap(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _tidy(cell: str) -> str:
    return " ".join(cell.split())


def _has_picture(page: pdfium.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _raise_if_out_of_memory(error: BaseException | None) -> None:
    # Camelot reports a failed allocation as a missing Ghostscript; the cause is down the chain.
    while error is not None:
        if isinstance(error, MemoryError):
            raise error
        error = error.__cause__ or error.__context__


class _Renderer:
    """Camelot's rendering backend on the document that is open already."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document

    def to_array(self, _pdf_path: str, page: int = 1) -> np.ndarray:
        image = self._document[page - 1].render(scale=RASTER_DPI / 72).to_pil().convert("RGB")
        return np.asarray(image)[:, :, ::-1]

    def convert(self, pdf_path: str, png_path: str, page: int = 1) -> None:
        raise NotImplementedError("Camelot renders through to_array")
