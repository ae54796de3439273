"""Pages to draw on point by point, for papers that do not flow."""

import io
from collections.abc import Iterable
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from tests.corpus.drawing import BOLD


class Sheet:
    """Pages to draw on, measured in points from the top left, as the truth's boxes are."""

    def __init__(
        self, size: tuple[float, float] = A4, font: str = "Helvetica", points: float = 9
    ) -> None:
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=size, invariant=True)
        self.width, self.height = size
        self.font, self.points = font, points

    def text(
        self,
        x: float,
        top: float,
        text: str,
        *,
        points: float | None = None,
        bold: bool = False,
        align: str = "left",
        font: str | None = None,
        gray: float = 0.0,
    ) -> None:
        """One line; `x` is its left edge, its middle or its right edge, as `align` says."""
        font = font or self.font
        self.canvas.setFont(BOLD.get(font, font) if bold else font, points or self.points)
        self.canvas.setFillGray(gray)
        draw = {
            "left": self.canvas.drawString,
            "center": self.canvas.drawCentredString,
            "right": self.canvas.drawRightString,
        }[align]
        draw(x, self.height - top, text)
        self.canvas.setFillGray(0)

    def lines(
        self, x: float, top: float, texts: Iterable[str], step: float = 12, **look: Any
    ) -> float:
        """Several lines below each other; returns where the next would stand."""
        for text in texts:
            self.text(x, top, text, **look)
            top += step
        return top

    def rule(self, x0: float, top: float, x1: float, *, width: float = 0.6) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - top, x1, self.height - top)

    def box(
        self, x0: float, top: float, x1: float, bottom: float, *, fill: float | None = None,
        width: float = 0.6, stroke: bool = True,
    ) -> None:  # fmt: skip
        """A frame; `fill` is a grey between 0 and 1."""
        self.canvas.setLineWidth(width)
        if fill is not None:
            self.canvas.setFillGray(fill)
        self.canvas.rect(
            x0, self.height - bottom, x1 - x0, bottom - top,
            stroke=int(stroke), fill=int(fill is not None),
        )  # fmt: skip
        self.canvas.setFillGray(0)

    def place(self, flowable: Flowable, x: float, top: float, width: float = 520) -> float:
        """Draw a grid or paragraph; returns its bottom."""
        _, height = flowable.wrapOn(self.canvas, width, 2000)
        flowable.drawOn(self.canvas, x, self.height - top - height)
        return top + height

    def next_page(self) -> None:
        self.canvas.showPage()

    def pdf(self) -> bytes:
        self.canvas.save()
        return self._out.getvalue()
