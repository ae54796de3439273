"""What else reads PDFs, to measure ours against; for tables `python -m taxai_core.pdf.peers`.

Each way is used as its documentation shows it, on whole files. One JSON object a file, one a
line: `{"file": …, "tables": [{"page": …, "rows": …}]}`.
"""

import json
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# Each way imports its library itself: the time of one must not hold the imports of another.


def _camelot(flavor: str, **options: str) -> Callable[[Path], list[dict[str, Any]]]:
    def read(path: Path) -> list[dict[str, Any]]:
        import camelot

        found = camelot.read_pdf(str(path), pages="all", flavor=flavor, **options)
        return [{"page": table.page, "rows": table.data} for table in found]

    return read


def camelot_tables(path: Path, flavor: str, password: str | None = None) -> int:
    """How many tables Camelot sees in all pages."""
    import camelot

    return len(camelot.read_pdf(str(path), pages="all", flavor=flavor, password=password))


def _pdfplumber(path: Path) -> list[dict[str, Any]]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [
            {"page": page.page_number, "rows": rows}
            for page in document.pages
            for rows in page.extract_tables()
        ]


def plain_text(path: Path, password: str | None = None) -> list[str]:
    """The text of each page as pdfplumber has it."""
    import pdfplumber

    with pdfplumber.open(path, password=password or "") as document:
        return [page.extract_text() for page in document.pages]


# "combined" takes the lines of the drawing and those of its picture together, the most that these
# two can see; `auto` chooses for itself.
PEERS: dict[str, Callable[[Path], list[dict[str, Any]]]] = {
    "camelot auto": _camelot("auto"),
    "camelot hybrid": _camelot("hybrid", engine="combined"),
    "camelot lattice": _camelot("lattice", engine="combined"),
    "camelot network": _camelot("network"),
    "pdfplumber": _pdfplumber,
}


def main(words: Sequence[str]) -> int:
    """Read files by the way named first; return 1 where one could not be read."""
    name, *files = words
    failed = 0
    warnings.simplefilter("ignore")  # "no tables found on page …", and they quote the paper
    for path in map(Path, files):
        try:
            tables = PEERS[name](path)
        except Exception as error:
            failed = 1
            print(f"{path.name}: {type(error).__name__}", file=sys.stderr)
            tables = []
        print(json.dumps({"file": path.name, "tables": tables}), flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
