"""One page: what it is, what it says, and what is said of it where it cannot be read."""

from typing import NamedTuple

from ..models import Box, Method, Page, Table, Words
from .forks import Lost
from .layout import read_layout
from .opening import OpenPdf, load_page
from .picture import draw_page
from .tables import read_tables


class FoundInScan(NamedTuple):
    """What the picture of a page says, and how it lies; see `Page`."""

    words: Words
    tables: list[Table]
    turn: int
    slant_deg: float


def read_page(
    pdf: OpenPdf, with_picture: bool, light: bool, page_index: int
) -> tuple[Page, bytes | None]:
    """Read a page by what the PDF holds; one that is a picture is told as `scan` and not read.

    Args:
        light: without a second opinion on weak tables, whose parsers take the most memory.
    """
    page = load_page(pdf, page_index)
    if page is None:
        return given_up(unread(page_index), Lost("crash"), 0), None
    picture = draw_page(page) if with_picture else None
    layout = read_layout(page)
    width_pt, height_pt = page.get_size()
    read = unread(page_index).model_copy(
        update={
            "width_pt": width_pt,
            "height_pt": height_pt,
            "kind": layout.kind,
            "turn": layout.frame.turn,
        }
    )
    if layout.kind == "scan":
        return read, picture
    number = page_index + 1
    warnings = []
    if layout.kind == "blank":
        warnings = [f"Page {number} is blank. If the paper shows something there, it is damaged."]
    elif layout.drawing.is_cut:
        warnings = [f"Page {number} draws more lines than a paper does; look at its tables."]
    found: dict[str, object] = {
        "words": layout.in_reading_order(),
        "tables": read_tables(pdf, page_index, layout=layout, light=light)
        if layout.kind == "text"
        else [],
        "warnings": warnings,
    }
    return read.model_copy(update=found), picture


def read_scan_words(pdf: OpenPdf, threads: int, page_index: int) -> FoundInScan:
    """Read a page by its picture."""
    # 300 MB that most papers do not need
    from .scan import read_scan
    from .scan_tables import read_scan_tables

    scan = read_scan(pdf.document[page_index], threads=threads)
    tables = read_scan_tables(scan, page_index)
    return FoundInScan(Words.pack(scan.words), tables, scan.turn, scan.slant_deg)


def read_page_again(
    pdf: OpenPdf, page_index: int, *, method: Method | None, area: Box | None, threads: int
) -> list[Table]:
    """Read the tables of a page, or of an area of it, in the way a person chose."""
    page = load_page(pdf, page_index)
    if page is None:
        return []
    layout = read_layout(page)
    if layout.kind != "scan":
        return read_tables(pdf, page_index, layout=layout, method=method, area=area)
    from .scan import read_scan
    from .scan_tables import read_scan_tables

    scan = read_scan(page, threads=threads)
    return read_scan_tables(scan, page_index, method=method, area=area)


def with_scan(page: Page, found: FoundInScan) -> Page:
    """The page with what its picture says."""
    lost = f"Page {page.number} is a picture in which no text was found."
    warnings = [] if len(found.words) else [lost]
    return page.model_copy(update=found._asdict() | {"warnings": warnings})


def unread(page_index: int) -> Page:
    """A page of which nothing is known yet."""
    return Page(
        number=page_index + 1, width_pt=0, height_pt=0, kind="damaged", tables=[], warnings=[]
    )


def given_up(page: Page, lost: Lost, page_timeout_s: float) -> Page:
    """The page with the reason why it was not read."""
    why = {
        "time": f"took longer than {page_timeout_s:.0f} seconds and was given up",
        "memory": "needs more memory than one worker may use and was given up",
        "crash": "is damaged and could not be read",
    }[lost.reason]
    update = {"kind": "damaged", "warnings": [f"Page {page.number} {why}."]}
    return page.model_copy(update=update)
