"""What the letters of a PDF stand for, where its fonts say so oddly or not at all."""

import json
import zlib

import pytest

from taxai_core.models import Reading
from taxai_core.pipeline import process_pdf

LINES = ["Account Interest Tax", "Savings 12345.00 100.00", "Deposits 98765.00 200.00"]


def lettered(letters: dict[str, str], lines: list[str] = LINES) -> bytes:
    """A page in Helvetica whose font says what each of its letters stands for, in UTF-16."""
    stands_for = {ord(a): b.encode("utf-16-be", "surrogatepass") for a, b in letters.items()}
    pairs = "\n".join(f"<{code:02x}> <{units.hex()}>" for code, units in stands_for.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )
    text = "".join(
        f"1 0 0 1 {60 + 150 * column} {700 - 20 * row} Tm ({word}) Tj\n"
        for row, line in enumerate(lines)
        for column, word in enumerate(line.split())
    )
    streams = [zlib.compress(s.encode()) for s in (f"BT /F 12 Tf\n{text}ET", cmap)]
    content, mapping = (
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(s), s) for s in streams
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        mapping,
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"


def read(data: bytes) -> Reading:
    return process_pdf(data, password=None, max_file_mb=50, max_pages=500)


@pytest.mark.parametrize(
    ("given", "read_as"), [("\U0001f600", "\U0001f600"), ("\ud83d", ""), ("\ude00", "\ufffd")]
)
def test_a_letter_in_two_halves_is_one_and_half_a_letter_is_none(given: str, read_as: str) -> None:
    reading = read(lettered({"S": given}))

    (table,) = reading.tables
    assert table.rows[1] == [f"{read_as}avings", "12345.00", "100.00"]
    json.dumps(reading.as_contract("a.pdf"), ensure_ascii=False).encode()


@pytest.mark.parametrize("letter", ["\ue000", "\ufffd", "\x01"])
def test_a_text_layer_that_says_nothing_is_read_from_the_picture(letter: str) -> None:
    every = {chr(code): letter for code in range(0x21, 0x7F)}

    (page,) = read(lettered(every)).pages

    assert page.kind == "scan"
    words = [word.text for word in page.words.unpack()]
    assert {"12345.00", "98765.00", "Savings"} <= set(words)
