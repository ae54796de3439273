"""One sample paper, its truth, and its look as a scan."""

import importlib
import io
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import tests.corpus

PART_KEYS = ("pages", "document_type", "fields")


@dataclass
class Paper:
    """A PDF and exactly what it prints.

    Attributes:
        fields: by their contract names; a field that is not printed is absent.
        layout: "<document_type>/<layout-name>"; for a scan with "-scan" behind it.
        note: what it is; after "derivable: " the values that follow without being printed.
        parts: of a file of several papers, in page order: pages, document_type, fields.
    """

    pdf: bytes
    document_type: str
    fields: dict[str, str]
    layout: str
    note: str = ""
    parts: list[dict[str, Any]] | None = field(default=None)

    def truth(self) -> str:
        """The text of the truth file that lies beside the PDF."""
        found = {
            "document_type": self.document_type,
            "fields": self.fields,
            "layout": self.layout,
            "note": self.note,
            "parts": self.parts,
        }
        return json.dumps({k: v for k, v in found.items() if v or k == "fields"}, indent=1) + "\n"


Layout = Callable[[Random], Paper]


def all_layouts() -> dict[str, Layout]:
    """Every `LAYOUTS` of the modules `tests/corpus/layouts_*.py`."""
    found: dict[str, Layout] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(tests.corpus.__path__)):
        if module.startswith("layouts_"):
            found |= importlib.import_module(f"tests.corpus.{module}").LAYOUTS
    return found


def build(layout: str, seed: int) -> Paper:
    """The paper that a layout makes of a seed: the same bytes every time."""
    return all_layouts()[layout](Random(f"{layout}:{seed}"))


def _worn(page: Image.Image, rng: Random) -> Image.Image:
    """The page as a cheap scanner sees it: askew, greyish, speckled."""
    turned = page.convert("L").rotate(
        rng.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    noise = np.random.default_rng(rng.randrange(2**32))
    light = np.asarray(turned, dtype=np.float32)
    light = light * rng.uniform(0.88, 0.97) + rng.uniform(4, 14)
    light += noise.normal(0, rng.uniform(3, 9), light.shape)
    return Image.fromarray(light.clip(0, 255).astype(np.uint8))


def as_scan(paper: Paper, rng: Random) -> Paper:
    """The same paper as images only, 150 to 200 dpi."""
    dpi = rng.choice((150, 170, 200))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for page in pdfium.PdfDocument(paper.pdf):
        width, height = page.get_size()
        image = _worn(page.render(scale=dpi / 72).to_pil(), rng)
        jpeg = io.BytesIO()
        image.save(jpeg, "JPEG", quality=rng.randint(55, 80))
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(jpeg), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    note = f"{paper.note}; scan at {dpi} dpi" if "derivable:" not in paper.note else paper.note
    return Paper(
        out.getvalue(), paper.document_type, paper.fields, f"{paper.layout}-scan", note, paper.parts
    )
