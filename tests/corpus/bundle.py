"""Several papers in one file, as people merge them before they send them to an accountant."""

import hashlib
import io
import re
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium

from tests.corpus.paper import Paper

ID = re.compile(rb"/ID\s*\[<[0-9A-F]*><[0-9A-F]*>\]")


def _merge(files: Sequence[bytes]) -> bytes:
    merged = pdfium.PdfDocument.new()
    for data in files:
        merged.import_pages(pdfium.PdfDocument(data))
    out = io.BytesIO()
    merged.save(out)
    return _without_chance(out.getvalue())


def _without_chance(data: bytes) -> bytes:
    """The file with a fixed time and identity; PDFium writes the present one and a random one."""
    data = re.sub(rb"\(D:\d{14}", b"(D:20000101000000", data)
    bare = ID.sub(b"", data)
    identity = hashlib.md5(bare).hexdigest().upper().encode()
    return ID.sub(b"/ID[<" + identity + b"><" + identity + b">]", data)


def pages_of(paper: Paper) -> int:
    return len(pdfium.PdfDocument(paper.pdf))


def bundle(papers: Sequence[Paper], name: str, note: str) -> Paper:
    """One file of papers in this order; its type and fields are those of the first."""
    parts: list[dict[str, Any]] = []
    page = 1
    for paper in papers:
        last = page + pages_of(paper) - 1
        part: dict[str, Any] = {
            "pages": [page, last],
            "document_type": paper.document_type,
            "fields": paper.fields,
        }
        if "derivable:" in paper.note:
            part["note"] = paper.note
        parts.append(part)
        page = last + 1
    first = papers[0]
    derivable = first.note.partition("derivable:")[2]
    note += f". derivable:{derivable}" if derivable else ""
    kind = first.document_type
    made = _merge([paper.pdf for paper in papers])
    return Paper(made, kind, first.fields, f"{kind}/{name}", note, parts)


def joined(first: Paper, second: Paper) -> Paper:
    """Two files that are one paper, such as Part A and Part B of the same certificate."""
    return Paper(
        _merge([first.pdf, second.pdf]),
        first.document_type,
        first.fields | second.fields,
        first.layout,
        first.note if "financial_year" not in second.fields else "",
    )
