"""Tables of many looks with their truth, from a seed: what no one file of a corpus decides.

Fonts, sizes, leading, alignment, wrapped labels and headings, headings over two columns, leaders,
currency signs, brackets, section rows, and lines of six kinds.
"""

import io
import random
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

LABELS = """\
Total revenue
Cost of goods sold
Selling and administrative
Income before taxes
Net income
Provision for income taxes
Cash and equivalents
Short-term investments
Goodwill
15 to 24 years
Inventories
Common stock
New Hampshire
Married couple families
Interest on deposits with scheduled banks and post office savings schemes
Dividend received from domestic companies and units of mutual funds""".splitlines()
HEADINGS = """\
Number
Percent
Average amount
Change from prior year
2007
2008
Population (thousands)
Median income
Amount (Rs.)
Estimate
Margin of error
Tax deducted""".splitlines()
STYLES = ("none", "three lines", "rows", "all", "frame", "columns")
LEFT, WIDTH = 60, 500

# A true cell: its row, the columns from and to, and its text.
Cell = tuple[int, int, int, str]


@dataclass
class RandomTable:
    """A one-page PDF with one table, and the cells it prints."""

    data: bytes
    cells: list[Cell]


@dataclass
class _Sheet:
    random: random.Random
    canvas: Canvas
    font: str
    size: float
    columns: int
    label_width: float
    column_width: float
    is_centred: bool
    cells: list[Cell] = field(default_factory=list)
    row: int = 0

    def right(self, column: int) -> float:
        return LEFT + self.label_width + self.column_width * column

    def put(self, text: str, y: float, column: int) -> None:
        if column == 0:
            self.canvas.drawString(LEFT, y, text)
        elif self.is_centred:
            self.canvas.drawCentredString(self.right(column) - self.column_width / 2, y, text)
        else:
            hangs = stringWidth(")", self.font, self.size) if text.endswith(")") else 0
            self.canvas.drawRightString(self.right(column) - 2 + hangs, y, text)

    def wrapped(self, text: str, width: float) -> list[str]:
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if stringWidth(longer, self.font, self.size) > width and lines[-1]:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def figure(self) -> str:
        kind = self.random.random()
        if kind < 0.5:
            return f"{self.random.randint(0, 9_999_999):,}"
        if kind < 0.8:
            return f"{self.random.uniform(0, 999):,.1f}"
        if kind < 0.9:
            return f"({self.random.randint(1, 99_999):,})"
        return "–" if kind < 0.94 else f"{self.random.uniform(0, 100):.1f}%"


def random_table(seed: int) -> RandomTable:
    """The table of a seed."""
    chance = random.Random(seed)
    font = chance.choice(["Helvetica", "Times-Roman", "Courier"])
    size = chance.choice([7, 8, 9, 10, 11])
    label_width = chance.choice([110, 140, 170])
    least = stringWidth("9,999,999", font, size) + size
    columns = min(chance.randint(2, 8), int((WIDTH - label_width) / least))
    width = min((WIDTH - label_width) / columns, max(least, chance.choice([50, 65, 80, 95])))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=True)
    canvas.setFont(font, size)
    centred = chance.random() < 0.25
    sheet = _Sheet(chance, canvas, font, size, columns, label_width, width, centred)
    leading = size * chance.choice([1.15, 1.25, 1.4, 1.7])
    canvas.drawString(LEFT, 730, f"Table {seed}. Figures of fictional units, by kind and by year")
    top = 730 - 2 * leading
    style = chance.choice(STYLES)
    y, is_grouped = _draw_headings(sheet, top, leading)
    ends = [y + leading * 0.7]
    ends += _draw_rows(sheet, y, leading, can_lead=style in ("none", "three lines"))
    _draw_lines(sheet, style, top + size, ends, is_grouped)
    canvas.drawString(LEFT, ends[-1] - 20, "Source: fictional. Figures may not add to totals.")
    canvas.save()
    return RandomTable(out.getvalue(), sheet.cells)


def _draw_headings(sheet: _Sheet, y: float, leading: float) -> tuple[float, bool]:
    chance, canvas = sheet.random, sheet.canvas
    is_grouped = chance.random() < 0.35 and sheet.columns >= 4 and sheet.columns % 2 == 0
    if is_grouped:
        for first in range(1, sheet.columns, 2):
            text = chance.choice(["First half", "Urban", "Men", "Part A"])
            canvas.drawCentredString(sheet.right(first), y, text)
            canvas.line(sheet.right(first - 1) + 4, y - 3, sheet.right(first + 1) - 2, y - 3)
            sheet.cells.append((0, first, first + 1, text))
        sheet.row, y = 1, y - leading * 1.2
    texts = ["Particulars", *(chance.choice(HEADINGS) for _ in range(sheet.columns))]
    room = [sheet.label_width, *[sheet.column_width - 0.7 * sheet.size] * sheet.columns]
    lines = [sheet.wrapped(text, width) for text, width in zip(texts, room, strict=True)]
    deepest = max(map(len, lines))
    for column, text in enumerate(lines):
        for index, line in enumerate(text, deepest - len(text)):
            sheet.put(line, y - index * sheet.size * 1.12, column)
        sheet.cells.append((sheet.row, column, column, texts[column]))
    sheet.row += 1
    return y - (deepest - 1) * sheet.size * 1.12 - 1.3 * leading, is_grouped


def _draw_rows(sheet: _Sheet, y: float, leading: float, *, can_lead: bool) -> list[float]:
    chance, ends = sheet.random, []
    has_leaders, has_signs = can_lead and chance.random() < 0.3, chance.random() < 0.3
    count = chance.randint(4, 20)
    for number in range(count):
        if chance.random() < 0.08:
            _put_label(sheet, chance.choice(["Assets:", "By age:"]), y, has_leaders=False)
            ends.append(y - 0.35 * sheet.size)
            sheet.row, y = sheet.row + 1, y - leading
        is_edge = number in (0, count - 1)
        label = "Total" if number == count - 1 else chance.choice(LABELS)
        y = _put_label(sheet, label, y, has_leaders=has_leaders)
        for column in range(1, sheet.columns + 1):
            if chance.random() < 0.06:
                continue
            text = sheet.figure()
            sheet.put(text, y, column)
            if has_signs and is_edge and text[0].isdigit() and not sheet.is_centred:
                sheet.canvas.drawString(sheet.right(column - 1) + 0.6 * sheet.size, y, "$")
            sheet.cells.append((sheet.row, column, column, text))
        ends.append(y - 0.35 * sheet.size)
        sheet.row, y = sheet.row + 1, y - leading
    return ends


def _put_label(sheet: _Sheet, label: str, y: float, *, has_leaders: bool) -> float:
    """Print a label; return the height of its last line, where its figures stand."""
    lines = sheet.wrapped(label, sheet.label_width - 14)
    for index, line in enumerate(lines):
        sheet.canvas.drawString(LEFT + (6 if index else 0), y - index * sheet.size * 1.12, line)
    y -= (len(lines) - 1) * sheet.size * 1.12
    if has_leaders:
        dot = stringWidth(".", sheet.font, sheet.size)
        start = LEFT + 8 + stringWidth(lines[-1], sheet.font, sheet.size)
        dots = int((sheet.right(0) - 4 - start) / dot)
        sheet.canvas.drawString(start, y, "." * dots if dots > 3 else "")
    sheet.cells.append((sheet.row, 0, 0, label))
    return y


def _draw_lines(sheet: _Sheet, style: str, top: float, ends: list[float], is_grouped: bool) -> None:
    left, right, line = LEFT - 3, sheet.right(sheet.columns) + 4, sheet.canvas.line
    if style in ("three lines", "frame"):
        for y in (top + 2, ends[0], ends[-1]):
            line(left, y, right, y)
    if style == "frame":
        line(left, top + 2, left, ends[-1])
        line(right, top + 2, right, ends[-1])
    if style in ("rows", "all"):
        for y in (top + 2, *ends):
            line(left, y, right, y)
    if style in ("all", "columns"):
        edges = [left, *(sheet.right(column) + 3 for column in range(sheet.columns)), right]
        for number, x in enumerate(edges):
            is_inside = is_grouped and 1 < number <= sheet.columns and number % 2 == 0
            line(x, ends[0] if is_inside else top + 2, x, ends[-1])
