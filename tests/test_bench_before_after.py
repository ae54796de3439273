"""What `taxai bench before-after` runs, prints and writes down, and that nothing stays behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ai.fault_server import FaultServer
from ai.faults import MODEL, example_of
from waiting import is_gone, started_by, wait_until

from taxai_core.cli import bench_ask, bench_before
from taxai_core.cli.bench_before_after import bench_before_after
from taxai_core.cli.bench_scene import ScenePaper, Standing, scene_papers
from taxai_core.cli.bench_watch import Watch
from taxai_core.cli.field_truths import find_truths
from taxai_core.settings import get_document_types

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT))

from tests.corpus.paper import build  # noqa: E402

LAYOUTS = (
    "donation_receipt/institute-receipt",
    "insurance_premium_receipt/payment-acknowledgement",
    "rent_receipt/generator-slip",
)
ANNEXURE_PAGES = (2,)
AMPLE_MINUTES = 10.0
Configure = Callable[..., None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three papers with their truth."""
    folder = tmp_path_factory.mktemp("papers")
    for number, layout in enumerate(LAYOUTS):
        paper = build(layout, 1)
        (folder / f"{number}.pdf").write_bytes(paper.pdf)
        (folder / f"{number}.json").write_text(paper.truth(), encoding="utf-8")
    return folder


@pytest.fixture
def papers(folder: Path, tmp_path: Path) -> list[ScenePaper]:
    return scene_papers(find_truths(folder), get_document_types(), 3, ANNEXURE_PAGES, tmp_path)


@pytest.fixture
def server(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """A model server that is configured."""
    monkeypatch.setattr(bench_ask, "UNLOAD_S", 0.1)
    with FaultServer() as running:
        configure(ollama_url=running.url, ollama_model=MODEL)
        yield running


def run(folder: Path, report: Path) -> int:
    return bench_before_after(folder, 3, AMPLE_MINUTES, report, annexures=ANNEXURE_PAGES)


def rows(printed: str) -> dict[str, list[str]]:
    cells = (line.strip("| ").split(" | ") for line in printed.splitlines() if line)
    return {name: rest for name, *rest in cells}


def test_all_papers_are_finished_both_ways_at_a_server_that_knows_them(
    folder: Path,
    papers: list[ScenePaper],
    server: FaultServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def knowing(body: dict[str, Any]) -> Any:
        if body.get("format") != "json":
            return example_of(body.get("format") or {"type": "string"})
        asked = body["messages"][-1]["content"]
        return next((p.truth for p in papers if all(name in asked for name in p.wanted)), {})

    server.answer = knowing
    before, report = started_by(os.getpid()), tmp_path / "benchmarks.md"

    code = run(folder, report)

    printed, written = capsys.readouterr().out, report.read_text()
    table = rows(printed)
    fields = sum(len(paper.wanted) for paper in papers)
    assert code == 0
    assert table["documents"] == ["3", "3"]
    assert table["finished"] == ["3", "3"]
    for name in ("failed or unusable", "waiting at the end", "being worked on at the end"):
        assert table[name] == ["0", "0"]
    assert table[f"fields right, of {fields} printed"][0] == str(fields)
    assert all(float(one) > 0 for one in table["peak memory of all processes, MB"])
    assert "<!-- bench: before-after -->\n## Before and after" in written
    assert printed.strip() in written
    assert not [text for text in (str(folder), server.url) if text in written]
    plain = [body for body in server.bodies if body.get("format") == "json"]
    assert len(plain) == 3
    assert all(body["options"] == {"use_mmap": False} for body in plain)
    assert started_by(os.getpid()) == before


def test_what_hangs_is_told_as_stuck_and_is_ended(
    folder: Path,
    server: FaultServer,
    configure: Configure,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def until_all_hang(look: Callable[[], Standing], _limit_s: float, watch: Watch) -> float:
        wait_until(lambda: server.in_flight == 3, "all three wait for the model", 600)
        assert look().at_work == 3
        watch.sample()
        return 1.0

    server.behave("hang")
    configure(ollama_stall_s=2, ollama_call_s=2, ollama_load_s=2)
    monkeypatch.setattr(bench_before, "until_over", until_all_hang)
    monkeypatch.setattr(bench_before, "STUCK_S", 0.0)
    before = started_by(os.getpid())

    run(folder, tmp_path / "benchmarks.md")

    table = rows(capsys.readouterr().out)
    assert table["finished"][0] == "0"
    assert table["being worked on at the end"] == ["3", "0"]
    assert table["of these stuck (over 120 s)"] == ["3", "0"]
    assert table["waiting at the end"] == ["0", "0"]
    assert server.peak == 3
    wait_until(lambda: server.in_flight == 0, "nobody waits any more")
    assert started_by(os.getpid()) == before


def test_ctrl_c_ends_all_that_the_bench_started(
    folder: Path, server: FaultServer, tmp_path: Path
) -> None:
    server.behave("hang")
    words = ["bench", "before-after", "--folder", str(folder), "--report", str(tmp_path / "b.md")]
    bench = subprocess.Popen(
        [sys.executable, "-m", "taxai_core", *words],
        cwd=CHECKOUT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: server.in_flight > 0, "the model is asked", 600)
        started = started_by(bench.pid)
        bench.send_signal(signal.SIGINT)
        assert bench.wait(60) == 130
    finally:
        bench.kill()
        bench.wait()
    wait_until(lambda: all(map(is_gone, started)), "all have ended")
    wait_until(lambda: server.in_flight == 0, "nobody waits any more")
    assert not list(tmp_path.glob("taxai-*"))


def test_without_a_server_the_bench_says_what_to_do(
    folder: Path, configure: Configure, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(ollama_url="http://127.0.0.1:9", ollama_model=MODEL)

    code = run(folder, tmp_path / "b.md")

    assert code == 1
    assert "does not answer" in capsys.readouterr().err
    assert not (tmp_path / "b.md").exists()


def test_a_value_is_right_in_any_form_and_nothing_else_is(papers: list[ScenePaper]) -> None:
    paper = papers[0]
    none = dict.fromkeys(paper.truth)

    assert paper.count_right(paper.truth) == len(paper.wanted)
    assert paper.count_right(none) == paper.count_right({}) == 0
    assert paper.count_right({**none, "amount": f"Rs. {paper.truth['amount']}"}) == 1
    assert paper.count_right({**none, "amount": {"value": 1}, "date": ["1"]}) == 0


def test_some_papers_have_a_long_annexure_behind_them(
    folder: Path, papers: list[ScenePaper]
) -> None:
    sizes = [paper.path.stat().st_size for paper in papers]
    plain = [truth.path.stat().st_size for truth in find_truths(folder)]

    assert [sizes[0], sizes[2]] == [plain[0], plain[2]]
    assert sizes[1] > plain[1]
