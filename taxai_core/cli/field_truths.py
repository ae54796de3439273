"""The truth files that lie beside sample papers: what each paper says."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

GROUPS = ("born-digital", "protected", "scanned")
_DERIVABLE = re.compile(r"derivable:\s*(.+)$")


class TruePaper(NamedTuple):
    """What one paper says; `pages` are its first and last, known only in a file of several."""

    document_type: str
    fields: Mapping[str, str]
    derivable: Mapping[str, str]
    pages: tuple[int, int] | None = None


class Truth(NamedTuple):
    """One sample file and what is true of it."""

    path: Path
    papers: list[TruePaper]
    password: str | None
    layout: str

    @property
    def document_type(self) -> str:
        """That of the first paper."""
        return self.papers[0].document_type

    @property
    def is_bundle(self) -> bool:
        """Does its truth say which pages belong to which paper?"""
        return self.papers[0].pages is not None

    @property
    def group(self) -> str:
        """How it has to be read, one of GROUPS."""
        if self.path.stem.endswith("-scan"):
            return "scanned"
        return "protected" if self.password else "born-digital"


def find_truths(folder: Path) -> list[Truth]:
    """The samples of a folder: each NAME.pdf that has its NAME.json beside it."""
    paths = sorted(path for path in folder.glob("*.json") if path.with_suffix(".pdf").exists())
    return [_truth(path) for path in paths]


def _truth(path: Path) -> Truth:
    said = json.loads(path.read_text(encoding="utf-8"))
    papers = [_paper(part) for part in said.get("parts") or [said]]
    return Truth(path.with_suffix(".pdf"), papers, said.get("password"), said.get("layout", ""))


def _paper(said: Mapping[str, Any]) -> TruePaper:
    listed = _DERIVABLE.search(said.get("note") or "")
    pairs = (pair.split("=", 1) for pair in (listed[1].split(";") if listed else ()))
    derivable = {name.strip(): value.strip() for name, value in pairs}
    pages = said.get("pages")
    return TruePaper(
        said["document_type"], said["fields"], derivable, (pages[0], pages[1]) if pages else None
    )
