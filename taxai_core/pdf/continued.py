"""Tables that go on over pages."""

from ..models import Box, Page, Table
from .figures import is_figure
from .frame import turn_box

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
    if (before.number + 1, before.width_pt, before.height_pt, before.turn) != (
        page.number,
        page.width_pt,
        page.height_pt,
        page.turn,
    ):
        return False
    above, below = before.tables[-1], page.tables[0]
    left, _, right, end = _as_read(before, above.bbox)
    start_left, start, start_right, _ = _as_read(page, below.bbox)
    height = page.width_pt if page.turn % 2 else page.height_pt
    return (
        len(above.rows[0]) == len(below.rows[0])
        and abs(left - start_left) <= EDGE_PT
        and abs(right - start_right) <= EDGE_PT
        and end >= LEAVES_BELOW * height
        and start <= ARRIVES_ABOVE * height
        and not _has_another_heading(above, below)
        and _lines_between(before, end, height) <= MOST_LINES_BETWEEN
        and _lines_between(page, 0.0, start) <= MOST_LINES_BETWEEN
        and _is_last_down(before)
    )


def _as_read(page: Page, box: Box) -> tuple[float, float, float, float]:
    """A box of the page as shown on the page as it is read: left, top, right, bottom."""
    return turn_box(box, page.width_pt, page.height_pt, page.turn)


def _has_another_heading(above: Table, below: Table) -> bool:
    """Do both begin with a row of words only, and not with the same?"""
    first, second = above.rows[0], below.rows[0]
    return first != second and not any(is_figure(cell) for cell in [*first, *second] if cell)


def _is_last_down(page: Page) -> bool:
    """Does the last table lie below all the others, and not beside one?"""
    *others, last = (_as_read(page, table.bbox) for table in page.tables)
    return all(bottom <= last[1] + 1 for _, _, _, bottom in others)


def _lines_between(page: Page, top: float, bottom: float) -> int:
    """How many lines of print stand between two heights of a page as it is read."""
    boxes = (
        _as_read(page, Box(x0=word.x0, top=word.top, x1=word.x1, bottom=word.bottom))
        for word in page.words.level_words()
    )
    lines, end = 0, top
    for _, above, _, below in sorted(boxes, key=lambda box: box[1]):
        middle = (above + below) / 2
        if top < middle < bottom and middle > end:
            lines, end = lines + 1, below
    return lines


def _repeated(head: Table, part: Table) -> int:
    """How many rows at the top of a part print the heading again."""
    same = 0
    for mine, theirs in zip(head.rows, part.rows[:-1], strict=False):
        if mine != theirs or same == MOST_HEADER_ROWS:
            break
        same += 1
    return same
