"""What `taxai bench queue` measures, and that it leaves nothing behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from waiting import is_gone, started_by, wait_until

from taxai_core.cli.bench_queue import bench_queue
from taxai_core.cli.bench_queue_report import BARE, OURS, Block, queue_goal
from taxai_core.cli.long_paper import trivial_paper
from taxai_core.pipeline import process_pdf

CHECKOUT = Path(__file__).parents[1]


def run(report: Path, documents: int = 10) -> int:
    return bench_queue(documents, report, pages=2, long_papers=2)


def test_both_ways_and_more_workers_read_all_and_leave_no_process(
    tmp_path: Path, configure: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    mine = {"data_dir": tmp_path / "mine", "redis_url": "unix:///nowhere/s", "reviewer": "me"}
    configure(**mine)
    before = started_by(os.getpid())
    report = tmp_path / "benchmarks.md"

    code = run(report)

    printed, written = capsys.readouterr().out, report.read_text()
    assert code == int("**no**" in printed)
    rows = [line.split(" | ")[:2] for line in printed.splitlines() if line.startswith("| ")]
    assert ["| TaxAI", "10"] in rows
    assert ["| bare RQ, the same reading", "10"] in rows
    assert ["| bare RQ, a job that does nothing", "2"] in rows
    assert [row for row in rows if row[0] in ("| 1", "| 2", "| 4")] == [
        ["| 1", "2"],
        ["| 2", "2"],
        ["| 4", "2"],
    ]
    assert "<!-- bench: queue -->\n## The queue" in written
    assert printed.strip() in written
    assert "`./taxai bench queue --documents 10`" in written
    assert started_by(os.getpid()) == before
    assert not (tmp_path / "mine").exists()
    assert {os.environ[f"TAXAI_{name.upper()}"] for name in mine} == set(map(str, mine.values()))


def test_a_worker_that_cannot_start_ends_the_bench_with_a_sentence(
    tmp_path: Path, configure: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "broken.yaml").write_text("id: [")
    configure(doctypes_dir=tmp_path / "types")
    before = started_by(os.getpid())

    code = run(tmp_path / "benchmarks.md")

    assert code == 1
    assert "A worker ended" in capsys.readouterr().err
    assert not (tmp_path / "benchmarks.md").exists()
    assert started_by(os.getpid()) == before


def test_ctrl_c_ends_all_that_the_bench_started(tmp_path: Path) -> None:
    words = ["bench", "queue", "--documents", "4000", "--report", str(tmp_path / "b.md")]
    bench = subprocess.Popen(
        [sys.executable, "-m", "taxai_core", *words],
        cwd=CHECKOUT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    started: list[psutil.Process] = []

    def has_started_a_worker() -> bool:
        started[:] = started_by(bench.pid)
        return any("extract" in process.cmdline() for process in started)

    try:
        wait_until(has_started_a_worker, "a worker works")
        bench.send_signal(signal.SIGINT)
        assert bench.wait(60) == 130
    finally:
        bench.kill()
        bench.wait()
    wait_until(lambda: all(map(is_gone, started)), "all have ended")
    assert not list(tmp_path.glob("taxai-*"))


def test_no_two_trivial_papers_are_alike_and_each_is_one_that_is_read() -> None:
    papers = [trivial_paper(number) for number in (1, 2)]

    readings = [process_pdf(paper, password=None, max_file_mb=1, max_pages=1) for paper in papers]

    assert papers[0] != papers[1]
    assert [one.first_record.document_type for one in readings] == ["bank_interest_certificate"] * 2
    assert [len(one.tables) for one in readings] == [1, 1]


@pytest.mark.parametrize(("ours_s", "is_met"), [(1.3, True), (1.4, False)])
def test_the_goal_is_a_ratio_of_both_ways(ours_s: float, is_met: bool) -> None:
    blocks = [Block(OURS, 10, 0, ours_s), Block(BARE, 10, 0, 1)]

    assert queue_goal(blocks).is_met is is_met
