"""The lines and rectangles a page draws, and the pictures on it."""

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from .frame import Frame

# A rectangle thinner than this is a drawn line: borders of tables are 0.25 to 3 pt wide.
LINE_PT = 3.0
# Shorter lines are ticks and parts of letters; the rows of the smallest print are 5 pt high. Dashes
# are put together first.
SHORTEST_PT = 4.0
# Ends of lines that nearly meet belong together: borders drawn cell by cell leave gaps up to 2 pt.
JOIN_PT = 2.5
# Papers draw up to some thousand strokes (900 in corpus/documents; a sheet that frames each of 960
# cells with four rectangles, 19,000), maps and charts more; 200,000 take 0.6 s to read. What would
# be too many to put together is cut off, and `is_cut` says so.
MOST_SEGMENTS, MOST_RULES, MOST_SLANTS = 200_000, 20_000, 20_000
MOST_DEPTH = 8
INVISIBLE = pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
# A chart's curves put many corners into each of such squares; a rounded box or a tick has a few.
CHART_PT, CHART_SLANTS = 24.0, 8

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: `at` is its place across, `start` to `end` its reach along."""

    at: float
    start: float
    end: float


@dataclass
class Drawing:
    """What a page draws besides letters, on the page as it is read."""

    across: list[Rule] = field(default_factory=list)  # horizontal, `at` from the top
    down: list[Rule] = field(default_factory=list)  # vertical, `at` from the left
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    is_cut: bool = False  # it draws more than is looked at
    letters_seen: int = 0  # pieces of text that are painted
    letters_hidden: int = 0  # and such that are not: the text layer over a scan
    slants: list[tuple[float, float]] = field(default_factory=list)  # of curves and slanted lines

    def charts(self) -> list[tuple[float, float, float, float]]:
        """Areas full of curves and slanted lines: charts, maps, drawn logos."""
        dense: dict[tuple[int, int], int] = Counter(
            (int(x // CHART_PT), int(y // CHART_PT)) for x, y in self.slants
        )
        left = {place for place, count in dense.items() if count >= CHART_SLANTS}
        areas = []
        while left:
            edge, area = [left.pop()], []
            while edge:
                column, row = edge.pop()
                area.append((column, row))
                near = {(column + i, row + j) for i in (-2, -1, 0, 1, 2) for j in (-2, -1, 0, 1, 2)}
                edge += near & left
                left -= near
            xs, ys = [c for c, _ in area], [r for _, r in area]
            areas.append(
                (
                    min(xs) * CHART_PT,
                    min(ys) * CHART_PT,
                    (max(xs) + 1) * CHART_PT,
                    (max(ys) + 1) * CHART_PT,
                )
            )
        return areas

    def joined(self) -> "Drawing":
        """The same with the pieces of one line put together."""
        across, down = (
            [rule for rule in join(rules) if rule.end - rule.start >= SHORTEST_PT]
            for rules in (self.across, self.down)
        )
        return replace(self, across=across, down=down)


def read_drawing(page: pdfium.PdfPage, frame: Frame) -> Drawing:
    """Collect the lines, shaded areas and pictures of a page."""
    drawing = Drawing()
    budget = [MOST_SEGMENTS]
    count = pdfium_c.FPDFPage_CountObjects(page)
    objects = (pdfium_c.FPDFPage_GetObject(page, index) for index in range(count))
    _collect(objects, IDENTITY, frame, drawing, budget, MOST_DEPTH)
    drawing.is_cut = budget[0] < 0 or len(drawing.across) + len(drawing.down) >= MOST_RULES
    return drawing.joined()


def join(rules: Sequence[Rule]) -> list[Rule]:
    """Put together lines that overlap or meet; their place is that of the longest piece."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.at, rule.start)):
        near = (group for group in reversed(groups[-64:]) if _meets(group, rule))
        if (group := next(near, None)) is not None:
            group.append(rule)
        else:
            groups.append([rule])
    joined = [
        Rule(
            max(group, key=lambda r: r.end - r.start).at,
            min(r.start for r in group),
            max(r.end for r in group),
        )
        for group in groups
    ]
    return joined if len(joined) == len(rules) else join(joined)


def _meets(group: Sequence[Rule], rule: Rule) -> bool:
    return any(
        abs(rule.at - piece.at) <= JOIN_PT
        and rule.start <= piece.end + JOIN_PT
        and rule.end >= piece.start - JOIN_PT
        for piece in group
    )


def _collect(
    objects: Iterator[pdfium_c.FPDF_PAGEOBJECT],
    matrix: Matrix,
    frame: Frame,
    drawing: Drawing,
    budget: list[int],
    depth: int,
) -> None:
    for obj in objects:
        kind = pdfium_c.FPDFPageObj_GetType(obj)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _path(obj, _times(_matrix(obj), matrix), frame, drawing, budget)
        elif kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            if pdfium_c.FPDFTextObj_GetTextRenderMode(obj) == INVISIBLE:
                drawing.letters_hidden += 1
            else:
                drawing.letters_seen += 1
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            corners = [_apply(_times(_matrix(obj), matrix), x, y) for x in (0, 1) for y in (0, 1)]
            xs, ys = zip(*corners, strict=True)
            drawing.pictures.append(frame.box(min(xs), min(ys), max(xs), max(ys)))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth > 0:
            inner = (
                pdfium_c.FPDFFormObj_GetObject(obj, index)
                for index in range(pdfium_c.FPDFFormObj_CountObjects(obj))
            )
            _collect(inner, _times(_matrix(obj), matrix), frame, drawing, budget, depth - 1)


def _path(
    obj: pdfium_c.FPDF_PAGEOBJECT, matrix: Matrix, frame: Frame, drawing: Drawing, budget: list[int]
) -> None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(obj, mode, stroke)
    if not mode.value and not stroke.value:
        return
    for points, is_curved in _subpaths(obj, matrix, frame, budget):
        if is_curved:
            _add_slants(drawing, points)
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= LINE_PT:
            _add_line(drawing, box)
        elif stroke.value:
            for (ax, ay), (bx, by) in pairwise(points):
                side = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
                if min(side[2] - side[0], side[3] - side[1]) < 1.0:
                    _add_line(drawing, side)
                else:
                    _add_slants(drawing, [(ax, ay)])


def _add_line(drawing: Drawing, box: tuple[float, float, float, float]) -> None:
    x0, top, x1, bottom = box
    if len(drawing.across) + len(drawing.down) >= MOST_RULES:
        return
    if x1 - x0 > bottom - top:
        drawing.across.append(Rule((top + bottom) / 2, x0, x1))
    else:
        drawing.down.append(Rule((x0 + x1) / 2, top, bottom))


def _add_slants(drawing: Drawing, points: Sequence[tuple[float, float]]) -> None:
    if len(drawing.slants) < MOST_SLANTS:
        drawing.slants += points


Points = list[tuple[float, float]]


def _subpaths(
    obj: pdfium_c.FPDF_PAGEOBJECT, matrix: Matrix, frame: Frame, budget: list[int]
) -> Iterator[tuple[Points, bool]]:
    """Yield the corners of each part of a path, and whether it has curves."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: Points = []
    is_curved = False
    for index in range(pdfium_c.FPDFPath_CountSegments(obj)):
        budget[0] -= 1
        if budget[0] < 0:
            return
        segment = pdfium_c.FPDFPath_GetPathSegment(obj, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, is_curved
            points, is_curved = [], False
        is_curved |= kind == pdfium_c.FPDF_SEGMENT_BEZIERTO
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(frame.point(*_apply(matrix, x.value, y.value)))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, is_curved


def _matrix(obj: pdfium_c.FPDF_PAGEOBJECT) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(obj, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
