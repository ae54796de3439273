"""Damaged papers: good ones, each broken in one way by a disk, a program or a prankster.

The same seed gives the same files. `python tests/mutants.py FOLDER COUNT` writes them for a look.
"""

import io
import random
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2 as pdfium
from papers import ALIGNED, INTEREST, PREMIUMS, joined, letter, paper, reshaped, two_tables
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SEED = 20241
PASSWORD = "abcpe1234f01011990"
OBJECT = re.compile(rb"\d+ \d+ obj\b(.*?)\bendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
KEYS = rb"Length|Count|Rotate|W|Size|Prev|N|First|Index|Columns|Predictor|Width|Height|MediaBox"
NUMBER = re.compile(rb"/(?:%s)\b[\s\[]*(-?\d+)|^(\d{10}) \d{5} n|startxref\s+(\d+)" % KEYS, re.M)
NAME = re.compile(rb"/[A-Za-z]\w*")
FILTER = re.compile(rb"/(?:Flate|DCT|ASCII85|LZW)Decode")
ODD_NUMBERS = [
    b"0",
    b"-1",
    b"1",
    b"7",
    b"65536",
    b"99999",
    b"2147483647",
    b"-2147483648",
    b"9" * 30,
]
ODD_BOXES = [
    *(b"[0 0 1000000000 1000000000]", b"[0 0 14400 14400]", b"[0 0 0 0]", b"[9 9 9 9]"),
    *(b"[600 800 0 0]", b"[-1e9 0 1e38 1]", b"[0 0 0.0001 99999]", b"[0 0 595]", b"null", b"(A4)"),
]
ODD_FILTERS = [
    *(b"/LZWDecode", b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/CCITTFaxDecode"),
    *(b"/ASCII85Decode", b"/RunLengthDecode", b"/Crypt", b"/Nonsense", b"[]"),
    b"[/FlateDecode /FlateDecode /FlateDecode]",
]


class Mutant(NamedTuple):
    """A broken paper; its name says of which paper, how, and the how-manieth it is."""

    name: str
    data: bytes


def mutants(count: int, seed: int = SEED) -> Iterator[Mutant]:
    """Yield broken papers: all ways in turn, each on another paper."""
    papers = list(_papers().items())
    for number in range(count):
        dice = random.Random(f"{seed}-{number}")
        way = WAYS[number % len(WAYS)]
        name, data = papers[(number + number // len(papers)) % len(papers)]
        yield Mutant(f"{number:04}-{name}-{way.__name__.strip('_')}.pdf", way(dice, data))


@cache
def _papers() -> dict[str, bytes]:
    ruled = paper("Interest certificate", INTEREST)
    several = joined(ruled, letter(), two_tables(PREMIUMS, INTEREST))
    return {
        "ruled": ruled,
        "aligned": paper("Interest certificate", INTEREST, style=ALIGNED),
        "bare": _saved(ruled, compress_streams=False, stream_decode_level=GENERALIZED),
        "protected": paper("Interest certificate", INTEREST, password=PASSWORD),
        "packed": _saved(
            joined(several, scan(ruled)), object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        "rotated": reshaped(ruled, rotate=90),
        "scan": scan(ruled),
        "bare several": _saved(several, compress_streams=False, stream_decode_level=GENERALIZED),
    }


GENERALIZED = pikepdf.StreamDecodeLevel.generalized


def _saved(data: bytes, **how: object) -> bytes:
    """The same paper in another form: its streams unpacked, or its objects packed into streams."""
    out = io.BytesIO()
    pikepdf.open(io.BytesIO(data)).save(out, **how)
    return out.getvalue()


def scan(data: bytes) -> bytes:
    """The first page of a paper as a scanner gives it: one picture."""
    picture: Image.Image = pdfium.PdfDocument(data)[0].render(scale=1.5).to_pil()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.drawImage(ImageReader(picture.convert("L")), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def _bits_flipped(dice: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice([1, 4, 16, 64])):
        out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    return bytes(out)


def _range_deleted(dice: random.Random, data: bytes) -> bytes:
    start, end = _range(dice, data)
    return data[:start] + data[end:]


def _range_doubled(dice: random.Random, data: bytes) -> bytes:
    start, end = _range(dice, data)
    return data[:end] + data[start:]


def _range_blanked(dice: random.Random, data: bytes) -> bytes:
    start, end = _range(dice, data)
    return data[:start] + bytes(end - start) + data[end:]


def _range(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = dice.randrange(len(data))
    return start, min(len(data), start + dice.choice([1, 16, 256, 4096]))


def _cut_off(dice: random.Random, data: bytes) -> bytes:
    return data[: dice.randrange(10, len(data))]


def _objects_swapped(dice: random.Random, data: bytes) -> bytes:
    return _swapped(dice, data, OBJECT)


def _streams_swapped(dice: random.Random, data: bytes) -> bytes:
    return _swapped(dice, data, STREAM)


def _swapped(dice: random.Random, data: bytes, thing: re.Pattern[bytes]) -> bytes:
    spans = [match.span(thing.groups) for match in thing.finditer(data)]
    if len(spans) < 2:
        return _bits_flipped(dice, data)
    (a, b), (c, d) = sorted(dice.sample(spans, 2))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _number_changed(dice: random.Random, data: bytes) -> bytes:
    match = dice.choice(list(NUMBER.finditer(data)))
    group = match.lastindex or 0
    return _put(data, match.span(group), dice.choice(ODD_NUMBERS))


def _nested_deep(dice: random.Random, data: bytes) -> bytes:
    opening, closing = dice.choice([(b"[", b"]"), (b"<</A", b">>"), (b"q ", b"Q "), (b"(", b")")])
    depth = dice.choice([600, 20_000, 300_000])
    start = dice.choice(list(OBJECT.finditer(data))).start(1)
    return _put(data, (start, start), b" " + opening * depth + b" 0 " + closing * depth)


def _self_reference(dice: random.Random, data: bytes) -> bytes:
    """Make an object, a page tree mostly, refer to itself or to its parents."""
    references = list(REFERENCE.finditer(data))
    here = dice.choice(references)
    around = data.rfind(b" obj", 0, here.start())
    own = re.search(rb"(\d+) \d+$", data[max(0, around - 20) : max(0, around)])
    other = dice.choice(references)[1]
    return _put(data, here.span(1), own[1] if own and dice.random() < 0.7 else other)


def _box_odd(dice: random.Random, data: bytes) -> bytes:
    boxes = list(re.finditer(rb"/MediaBox\s*(\[[^\]]*\])", data))
    if not boxes:
        return _number_changed(dice, data)
    return _put(data, dice.choice(boxes).span(1), dice.choice(ODD_BOXES))


def _names_swapped(dice: random.Random, data: bytes) -> bytes:
    return _swapped(dice, data, NAME)


def _filter_renamed(dice: random.Random, data: bytes) -> bytes:
    filters = list(FILTER.finditer(data))
    if not filters:
        return _streams_swapped(dice, data)
    return _put(data, dice.choice(filters).span(), dice.choice(ODD_FILTERS))


def _stream_replaced(dice: random.Random, data: bytes) -> bytes:
    match = dice.choice(list(STREAM.finditer(data)))
    return _put(data, match.span(1), dice.randbytes(dice.choice([0, 1, 100, 10_000])))


def _put(data: bytes, span: tuple[int, int], new: bytes) -> bytes:
    return data[: span[0]] + new + data[span[1] :]


WAYS: list[Callable[[random.Random, bytes], bytes]] = [
    *(_bits_flipped, _range_deleted, _range_doubled, _range_blanked, _cut_off, _objects_swapped),
    *(_streams_swapped, _number_changed, _nested_deep, _self_reference, _box_odd),
    *(_names_swapped, _filter_renamed, _stream_replaced),
]


if __name__ == "__main__":
    for mutant in mutants(int(sys.argv[2])):
        (Path(sys.argv[1]) / mutant.name).write_bytes(mutant.data)
