"""Where things lie: from the page's own coordinates to the page as shown, and as it is read."""

from dataclasses import dataclass

import pypdfium2 as pdfium

from ..models import Box


@dataclass(frozen=True)
class Frame:
    """Turns points of the PDF (origin bottom left, up) into points of the page as it is read.

    That is the page as shown, from its top left, turned by `turn` quarters clockwise more so
    that most of its text runs from left to right.
    """

    x0: float
    y0: float
    width: float
    height: float
    quarters: int  # how far the page is turned clockwise when it is shown
    turn: int = 0

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> "Frame":
        """The frame of a page as shown."""
        x0, y0, x1, y1 = page.get_bbox()
        return cls(x0, y0, x1 - x0, y1 - y0, page.get_rotation() // 90)

    def turned(self, turn: int) -> "Frame":
        """The same page, turned by so many quarters clockwise."""
        return Frame(self.x0, self.y0, self.width, self.height, self.quarters, turn % 4)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        sides = (self.width, self.height)
        return sides[::-1] if (self.quarters + self.turn) % 2 else sides

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the PDF on the page as it is read."""
        return turn_point(
            x - self.x0, self.height - (y - self.y0), self.width, self.height, self._all
        )

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A rectangle of the PDF on the page as it is read: left, top, right, bottom."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def shown(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A rectangle of the page as it is read on the page as it is shown."""
        width, height = self.size
        (a, b), (c, d) = (
            turn_point(x, y, width, height, -self.turn) for x, y in ((x0, top), (x1, bottom))
        )
        return Box(x0=min(a, c), top=min(b, d), x1=max(a, c), bottom=max(b, d))

    def read(self, box: Box) -> tuple[float, float, float, float]:
        """A rectangle of the page as it is shown on the page as it is read."""
        sides = (self.width, self.height)
        width, height = sides[::-1] if self.quarters % 2 else sides
        return turn_box(box, width, height, self.turn)

    @property
    def _all(self) -> int:
        return self.quarters + self.turn


def turn_box(
    box: Box, width: float, height: float, quarters: int
) -> tuple[float, float, float, float]:
    """Turn a rectangle of a page of this size clockwise with the page."""
    (a, b), (c, d) = (
        turn_point(x, y, width, height, quarters)
        for x, y in ((box.x0, box.top), (box.x1, box.bottom))
    )
    return min(a, c), min(b, d), max(a, c), max(b, d)


def turn_point(
    x: float, y: float, width: float, height: float, quarters: int
) -> tuple[float, float]:
    """Turn a point of a page, measured from its top left, clockwise with the page."""
    match quarters % 4:
        case 1:
            return height - y, x
        case 2:
            return width - x, height - y
        case 3:
            return y, width - x
        case _:
            return x, y
