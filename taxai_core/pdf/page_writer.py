"""Write a one-page PDF of words and lines, which the parsers of tables read like any other."""

from collections.abc import Iterable, Sequence

from ..models import Box, Word

# All characters are equally wide and a word is stretched to its box, so that the font needs no
# outlines: what the parsers take from it are widths, heights and the meaning of its codes.
CHARACTER_WIDTH, BELOW_BASELINE = 0.5, 0.2
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/Scanned/Encoding/Identity-H"
    "/DescendantFonts[5 0 R]/ToUnicode 7 0 R>>"
)
CID_FONT = (
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/Scanned/FontDescriptor 6 0 R"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>"
)
DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/Scanned/Flags 32/FontBBox[0 -200 500 800]/ItalicAngle 0"
    "/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
)
MOST_MAPPINGS = 100  # that one section of a character map may have (Adobe's CMap specification)


def write_page(
    width_pt: float, height_pt: float, words: Sequence[Word], lines: Iterable[Box]
) -> bytes:
    """Return a PDF with each word in its box, and the lines as strokes.

    Args:
        width_pt: of the page.
        height_pt: of the page.
        words: with boxes from the top left of the page.
        lines: boxes without height or without width.
    """
    codes = {character: code for code, character in enumerate(_characters(words), start=1)}
    drawn = [_stroke(line, height_pt) for line in lines]
    drawn += [_text(word, height_pt, codes) for word in words]
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width_pt:.3f} {height_pt:.3f}]"
        "/Resources<</Font<</F 4 0 R>>>>/Contents 8 0 R>>"
    )
    return _file(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page,
            FONT,
            CID_FONT,
            DESCRIPTOR,
            _stream(_meanings(codes)),
            _stream("0.5 w\n" + "\n".join(drawn)),
        ]
    )


def _characters(words: Iterable[Word]) -> list[str]:
    return sorted({character for word in words for character in word.text})


def _stroke(line: Box, height_pt: float) -> str:
    y0, y1 = height_pt - line.top, height_pt - line.bottom
    return f"{line.x0:.2f} {y0:.2f} m {line.x1:.2f} {y1:.2f} l S"


def _text(word: Word, height_pt: float, codes: dict[str, int]) -> str:
    size = max(word.bottom - word.top, 0.1)
    stretched = (word.x1 - word.x0) / (len(word.text) * CHARACTER_WIDTH * size)
    baseline = height_pt - word.bottom + BELOW_BASELINE * size
    shown = "".join(f"{codes[character]:04X}" for character in word.text)
    return (
        f"BT /F {size:.2f} Tf {100 * stretched:.2f} Tz "
        f"1 0 0 1 {word.x0:.2f} {baseline:.2f} Tm <{shown}> Tj ET"
    )


def _meanings(codes: dict[str, int]) -> str:
    """The character map that gives each code its Unicode character."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Scanned def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    mappings = [
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
        for character, code in codes.items()
    ]
    for start in range(0, len(mappings), MOST_MAPPINGS):
        part = mappings[start : start + MOST_MAPPINGS]
        lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join([*lines, "endcmap end end"])


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    parts, places, length = ["%PDF-1.7\n"], [], 9
    for number, body in enumerate(objects, start=1):
        places.append(length)
        parts.append(f"{number} 0 obj\n{body}\nendobj\n")
        length += len(parts[-1])
    count = len(objects) + 1
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    parts.append(f"xref\n0 {count}\n0000000000 65535 f \n{table}")
    parts.append(f"trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{length}\n%%EOF\n")
    return "".join(parts).encode("ascii")
