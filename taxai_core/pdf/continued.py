"""Tables that go on over pages."""

from collections.abc import Sequence

from ..models import Box, Page, Table
from .figures import is_figure

# The edges of a table's parts lie this near to each other; pages are set alike, but aligned
# tables end where their longest word does.
EDGE_PT = 12.0
# A table that goes on fills the page it leaves down to here, and begins above there on the next,
# as shares of the page's height; it is the page's end that parts it.
LEAVES_BELOW, ARRIVES_ABOVE = 0.7, 0.35
# A part may be followed, or preceded, by so many lines of running headers and page numbers.
MOST_LINES_BETWEEN = 3
# More rows of a heading than this are no heading.
MOST_HEADER_ROWS = 4


class Continuation:
    """Tells of one page after the other whether its first table goes on from the page before."""

    def __init__(self) -> None:
        self._before: Page | None = None
        self._head: Table | None = None  # the first part of the table that may go on

    def marked(self, page: Page) -> Page:
        """The next page, its first table marked if it goes on."""
        before = self._before
        if page.tables and before and before.tables and _goes_on(before, page):
            self._head = self._head or before.tables[-1]
            repeated = _repeated(self._head, page.tables[0])
            first = page.tables[0].model_copy(update={"continues": True, "repeated_rows": repeated})
            page = page.model_copy(update={"tables": [first, *page.tables[1:]]})
            if len(page.tables) > 1:
                self._head = None
        else:
            self._head = None
        self._before = page
        return page


def _goes_on(before: Page, page: Page) -> bool:
    above, below = before.tables[-1], page.tables[0]
    return (
        before.number + 1 == page.number
        and (before.width_pt, before.height_pt) == (page.width_pt, page.height_pt)
        and len(above.rows[0]) == len(below.rows[0])
        and abs(above.bbox.x0 - below.bbox.x0) <= EDGE_PT
        and abs(above.bbox.x1 - below.bbox.x1) <= EDGE_PT
        and above.bbox.bottom >= LEAVES_BELOW * before.height_pt
        and below.bbox.top <= ARRIVES_ABOVE * page.height_pt
        and not _has_another_heading(above, below)
        and _lines_outside(before, above.bbox.bottom, before.height_pt) <= MOST_LINES_BETWEEN
        and _lines_outside(page, 0.0, below.bbox.top) <= MOST_LINES_BETWEEN
        and _is_last_down(above.bbox, before.tables)
    )


def _has_another_heading(above: Table, below: Table) -> bool:
    """Do both begin with a row of words only, and not with the same?"""
    first, second = above.rows[0], below.rows[0]
    return first != second and not any(is_figure(cell) for cell in [*first, *second] if cell)


def _is_last_down(box: Box, tables: Sequence[Table]) -> bool:
    """Does it lie below all the others, and not beside one?"""
    return all(table.bbox.bottom <= box.top + 1 for table in tables if table.bbox != box)


def _lines_outside(page: Page, top: float, bottom: float) -> int:
    """How many lines of print stand between two heights of a page."""
    lines = 0
    end = top
    words = sorted(page.words.unpack(), key=lambda word: word.top)
    for word in words:
        middle = (word.top + word.bottom) / 2
        if top < middle < bottom and middle > end:
            lines, end = lines + 1, word.bottom
    return lines


def _repeated(head: Table, part: Table) -> int:
    """How many rows at the top of a part print the heading again."""
    same = 0
    for mine, theirs in zip(head.rows, part.rows[:-1], strict=False):
        if mine != theirs or same == MOST_HEADER_ROWS:
            break
        same += 1
    return same
