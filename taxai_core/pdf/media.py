"""How the parsers' page, the turned MediaBox, lies to the page as it is shown."""

import pypdfium2 as pdfium

from ..models import Box


class MediaFrame:
    """PDFium shows the CropBox; Camelot and pdfplumber measure on the MediaBox.

    PDFium gives only a page's own MediaBox, not one inherited from the page tree; a page without
    its own is taken as uncropped, which it nearly always is.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        shown = page.get_bbox()
        media = page.get_mediabox(fallback_ok=False) or shown
        # What the crop takes away at each side, clockwise from the left; turning the page by 90°
        # clockwise brings its bottom to the left.
        left, top = shown[0] - media[0], media[3] - shown[3]
        right, bottom = media[2] - shown[2], shown[1] - media[1]
        quarters = page.get_rotation() // 90
        sides = [left, top, right, bottom]
        self._cut_left, self._cut_top = (sides[(side - quarters) % 4] for side in (0, 1))
        width, height = media[2] - media[0], media[3] - media[1]
        self._width, self._height = (height, width) if quarters % 2 else (width, height)

    def shown(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A box measured from the top left of the turned MediaBox, as the page shows it."""
        cut_left, cut_top = self._cut_left, self._cut_top
        return Box(x0=x0 - cut_left, top=top - cut_top, x1=x1 - cut_left, bottom=bottom - cut_top)

    def from_shown(self, box: Box) -> tuple[float, float, float, float]:
        """The opposite: left, top, right, bottom on the turned MediaBox, within its edges."""
        return (
            max(0.0, box.x0 + self._cut_left),
            max(0.0, box.top + self._cut_top),
            min(self._width, box.x1 + self._cut_left),
            min(self._height, box.bottom + self._cut_top),
        )

    def shown_from_camelot(self, bbox: tuple[float, float, float, float], rotation: str) -> Box:
        """A box of Camelot's, which is measured from the bottom left, as the page shows it.

        Camelot turns a page whose text runs upwards ("anticlockwise") or downwards until it is
        level, and measures there.
        """
        x0, y0, x1, y1 = bbox
        if rotation == "anticlockwise":
            x0, y0, x1, y1 = self._width - y1, x0, self._width - y0, x1
        elif rotation == "clockwise":
            x0, y0, x1, y1 = y0, self._height - x1, y1, self._height - x0
        return self.shown(x0, self._height - y1, x1, self._height - y0)

    def camelot_area(self, box: Box, turn: int) -> str:
        """An area as Camelot wants it: left, top, right, bottom from the bottom left.

        `turn` is how most of the page's text runs, as in `words.Ink`.
        """
        x0, top, x1, bottom = self.from_shown(box)
        y0, y1 = self._height - bottom, self._height - top
        if turn == 3:
            x0, y0, x1, y1 = y0, self._width - x1, y1, self._width - x0
        elif turn == 1:
            x0, y0, x1, y1 = self._height - y1, x0, self._height - y0, x1
        return f"{x0},{y1},{x1},{y0}"
