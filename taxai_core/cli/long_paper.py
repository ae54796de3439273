"""A long paper of dense text and ruled tables, made from a seed, to measure memory with."""

import random
import zlib
from collections.abc import Iterable, Iterator, Sequence

WIDTH_PT, HEIGHT_PT = 595, 842
LEFT_PT, RIGHT_PT = 50, 545
TEXT_LINES, TABLE_ROWS, COLUMNS = 34, 12, 5
LINE_PT, ROW_PT = 11, 18
WORDS = [
    *("interest", "account", "deposit", "certificate", "premium", "amount", "quarter", "deducted"),
    *("opening", "balance", "statement", "closing", "branch", "policy", "payable", "received"),
]


def long_paper(pages: int, seed: int = 2024) -> bytes:
    """A PDF in which no two pages are alike, each with 34 lines of prose and a 12 × 5 table."""
    dice = random.Random(seed)
    return _of_pages([_page(dice, page + 1) for page in range(pages)])


def trivial_paper(number: int) -> bytes:
    """A page with four lines and a 2 × 2 table; another number makes another file."""
    top = HEIGHT_PT - 150
    lines = [
        _text(LEFT_PT, HEIGHT_PT - 50, "Certificate of interest"),
        _text(LEFT_PT, HEIGHT_PT - 70, "PAN: ABCPE1234F"),
        _text(LEFT_PT, HEIGHT_PT - 90, "Financial year: 2024-25"),
        _text(LEFT_PT, HEIGHT_PT - 110, f"Interest on savings account: {number}.00"),
    ]
    for row, cells in enumerate((("Quarter", "Amount"), ("Q1", f"{number}.00"))):
        for column, cell in enumerate(cells):
            lines.append(_text(LEFT_PT + 104 + 100 * column, top - ROW_PT * row - 13, cell))
    for line in range(3):
        lines.append(f"154 {top - line * ROW_PT} m 354 {top - line * ROW_PT} l S")
        lines.append(f"{154 + 100 * line} {top} m {154 + 100 * line} {top - 2 * ROW_PT} l S")
    return _of_pages([lines])


def _page(dice: random.Random, number: int) -> Iterator[str]:
    y = HEIGHT_PT - 50
    for _ in range(TEXT_LINES):
        yield _text(LEFT_PT, y, " ".join(dice.choices(WORDS, k=13)))
        y -= LINE_PT
    top, step = y, (RIGHT_PT - LEFT_PT) / COLUMNS
    for row in range(TABLE_ROWS):
        y = top - ROW_PT * (row + 1)
        cells = [dice.choice(WORDS), *(f"{dice.uniform(0, 99999):,.2f}" for _ in range(4))]
        for column, cell in enumerate(cells):
            yield _text(LEFT_PT + column * step + 4, y + 5, cell)
    for line in range(TABLE_ROWS + 1):
        yield f"{LEFT_PT} {top - line * ROW_PT} m {RIGHT_PT} {top - line * ROW_PT} l S"
    for line in range(COLUMNS + 1):
        yield f"{LEFT_PT + line * step} {top} m {LEFT_PT + line * step} {y} l S"
    yield _text(LEFT_PT, 30, f"Sheet {number}")


def _text(x: float, y: float, words: str) -> str:
    return f"BT /F 9 Tf {x} {y} Td ({words}) Tj ET"


def _of_pages(pages: Sequence[Iterable[str]]) -> bytes:
    # Object 1 is the catalog, 2 the page tree, 3 the font; then a page and its content in turn.
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for page, lines in enumerate(pages):
        content = zlib.compress("\n".join(lines).encode())
        objects += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH_PT} {HEIGHT_PT}] "
                f"/Resources << /Font << /F 3 0 R >> >> /Contents {5 + 2 * page} 0 R >>"
            ).encode(),
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
            % (len(content), content),
        ]
    return _assembled(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)
