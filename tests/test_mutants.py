"""Whatever is broken in a paper: it is read, or it fails with a code; and the next one is read.

`MUTANTS=500 ./taxai test tests/test_mutants.py -s` tries more of them and tells what came of it.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from mutants import PASSWORD, mutants
from papers import INTEREST, PREMIUMS, paper

from taxai_core.errors import CONTRACT_CODES, TaxAIError
from taxai_core.pipeline import process_pdf

CHECKOUT = Path(__file__).parents[1]
COUNT = int(os.environ.get("MUTANTS", "60"))
GOOD_EVERY = 10
TIMEOUT_S, MEMORY_MB = 20, 1000
# A child that is over its time is ended and collected; a busy machine takes a moment for it.
GRACE_S = 10


class Run(NamedTuple):
    """Broken papers, what `taxai process` said of each and after how many seconds."""

    files: list[Path]
    answers: list[dict]
    seconds: list[float]
    stderr: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One command over broken papers, a good one after every ten of them."""
    folder = tmp_path_factory.mktemp("broken")
    files = []
    for number, mutant in enumerate(mutants(COUNT), start=1):
        files.append(folder / mutant.name)
        files[-1].write_bytes(mutant.data)
        if number % GOOD_EVERY == 0:
            files.append(folder / f"good-{number}.pdf")
            files[-1].write_bytes(paper("Interest certificate", INTEREST))
    said = folder / "stderr"
    timed = list(_answers(files, said))
    return Run(
        files,
        [answer for answer, _ in timed],
        [seconds for _, seconds in timed],
        said.read_text(errors="replace"),
    )


def _answers(files: list[Path], stderr: Path) -> Iterator[tuple[dict, float]]:
    words = ["process", *files, "--json", "--password", PASSWORD]
    limits = {"TAXAI_JOB_TIMEOUT_S": str(TIMEOUT_S), "TAXAI_JOB_MEMORY_MB": str(MEMORY_MB)}
    with (
        open(stderr, "wb") as said,
        subprocess.Popen(
            [sys.executable, "-m", "taxai_core", *words],
            cwd=CHECKOUT,
            env=os.environ | limits,
            stdout=subprocess.PIPE,
            stderr=said,
        ) as process,
    ):
        assert process.stdout
        start = time.monotonic()
        for line in process.stdout:
            yield json.loads(line), time.monotonic() - start
            start = time.monotonic()


def test_each_broken_paper_is_read_or_fails_with_a_code(run: Run) -> None:
    codes = {one["file"]: one.get("error", {}).get("code", "read") for one in run.answers}

    print(Counter(codes.values()))
    assert list(codes) == [path.name for path in run.files]
    wanted = {"read", *CONTRACT_CODES} - {TaxAIError.code}
    assert {name: code for name, code in codes.items() if code not in wanted} == {}


def test_no_broken_paper_holds_up_the_others_for_longer_than_its_limit(run: Run) -> None:
    slowest = sorted(zip(run.seconds, run.files, strict=True), reverse=True)

    print(*(f"{seconds:.1f} s {path.name}" for seconds, path in slowest[:5]), sep="\n")
    assert slowest[0][0] < TIMEOUT_S + GRACE_S


def test_a_good_paper_between_broken_ones_is_read_as_if_nothing_had_happened(run: Run) -> None:
    good = [one for one in run.answers if one["file"].startswith("good-")]

    assert len(good) == COUNT // GOOD_EVERY
    assert all([table["rows"] for table in one["tables"]] == [INTEREST] for one in good)
    assert all(one["warnings"] == [] for one in good)


def test_a_broken_paper_leaves_no_traceback_and_nothing_of_itself_on_the_screen(run: Run) -> None:
    assert "page 1 of 1" in run.stderr
    assert "Traceback" not in run.stderr
    assert not any(cell in run.stderr for row in INTEREST + PREMIUMS for cell in row)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda data: re.sub(rb"startxref\s+\d+", b"startxref 7", data), id="start"),
        pytest.param(lambda data: re.sub(rb"(?m)^\d{10} ", b"0000000000 ", data), id="places"),
        pytest.param(lambda data: data.replace(b"%PDF", b"\n" * 900 + b"%PDF", 1), id="shifted"),
    ],
)
def test_a_paper_whose_table_of_contents_is_wrong_is_read_like_a_good_one(
    wrong: Callable[[bytes], bytes],
) -> None:
    data = wrong(paper("Interest certificate", INTEREST))

    reading = process_pdf(data, password=None, max_file_mb=50, max_pages=500)

    assert [table.rows for table in reading.tables] == [INTEREST]
    assert reading.warnings == []
