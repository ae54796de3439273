"""`taxai bench scans`: how fast scanned pages are read, and how right their amounts are."""

import os
from collections.abc import Sequence
from pathlib import Path

from ..pdf.opening import open_pdf
from ..pdf.twin import PageScore, score_page
from .report import REPORT, circumstances, write_section

# The sample corpus lies beside a checkout.
SCANS = Path(__file__).parents[3] / "shared" / "corpus" / "documents"
SUFFIX = "-scan"
# What the documentation promises, on two cores.
CORES = 2
MOST_S, LEAST_ACCURACY = 3.0, 0.97
MOST_PAGES = 500


def bench_scans(folder: Path, report: Path = REPORT) -> int:
    """Read each NAME-scan.pdf that has a NAME.pdf beside it; return 1 where a promise is broken."""
    pages = []
    for path in sorted(folder.glob(f"*{SUFFIX}.pdf")):
        twin = path.with_name(path.name.replace(SUFFIX, ""))
        if twin.exists():
            pages += _scores(path, twin)
    if not pages:
        print(f"no NAME{SUFFIX}.pdf with a NAME.pdf beside it in {folder}")
        return 1
    section = scans_report(pages)
    print(section)
    write_section("scans", section, report)
    return int(
        max(score.seconds for _, score in pages) > MOST_S or accuracy(pages) < LEAST_ACCURACY
    )


def scans_report(pages: Sequence[tuple[str, PageScore]]) -> str:
    """The section of docs/benchmarks.md: a row for each named page, and what they come to."""
    seconds = [score.seconds for _, score in pages]
    amounts, exact = (sum(score[field] for _, score in pages) for field in (1, 2))
    rows = [_row(name, score) for name, score in pages]
    return "\n".join(
        [
            "## Scans",
            "",
            circumstances("./taxai bench scans"),
            "",
            f"{min(CORES, os.cpu_count() or 1)} threads; the first page also loads the models. "
            "An amount is a word of the text layer of the same paper's original; what the scan "
            "has at its place is compared with it by edit distance.",
            "",
            "| page | seconds | amounts | read exactly | character accuracy |",
            "|---|---|---|---|---|",
            *rows,
            f"| **all {len(pages)}** | mean {sum(seconds) / len(seconds):.2f}, most "
            f"{max(seconds):.2f} | {amounts} | {exact} | {accuracy(pages):.4f} |",
            "",
        ]
    )


def accuracy(pages: Sequence[tuple[str, PageScore]]) -> float:
    """Of the amounts' characters, the part that needs no correction; 1 where there are none."""
    characters = sum(score.characters for _, score in pages)
    return 1 - sum(score.wrong for _, score in pages) / characters if characters else 1.0


def _scores(path: Path, twin_path: Path) -> list[tuple[str, PageScore]]:
    with (
        open_pdf(path.read_bytes(), password=None, max_pages=MOST_PAGES) as scan,
        open_pdf(twin_path.read_bytes(), password=None, max_pages=MOST_PAGES) as twin,
    ):
        return [
            (f"{path.stem} p. {index + 1}", score_page(scan, twin, index, threads=CORES))
            for index in range(min(scan.page_count, twin.page_count))
        ]


def _row(name: str, score: PageScore) -> str:
    right = f"{accuracy([(name, score)]):.4f}" if score.characters else "–"
    return f"| {name} | {score.seconds:.2f} | {score.amounts} | {score.exact} | {right} |"
