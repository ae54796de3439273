"""`taxai process` reads each file in a child, and what happens there stays there."""

import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from papers import INTEREST, paper
from waiting import wait_until

from taxai_core.cli.process import process_files
from taxai_core.pipeline import process_pdf

BAD = Path(__file__).parents[2] / "shared/corpus/documents/bad"


def answers(capsys: pytest.CaptureFixture[str], *files: Path) -> list[dict]:
    process_files(files, password=None, as_json=True, with_ai=False)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.pdf"
    path.write_bytes(paper("Interest certificate", INTEREST))
    return path


def test_a_reading_that_holds_more_than_it_may_is_ended_and_the_next_file_is_read(
    good: Path, tmp_path: Path, configure, capsys: pytest.CaptureFixture[str], monkeypatch
) -> None:
    hungry = tmp_path / "hungry.pdf"
    hungry.write_bytes(b"%PDF-hungry")
    configure(job_memory_mb=500)

    def eat(data: bytes, **limits: object):
        # The reading itself and a process that it started, each under the limit: it holds for both
        # together, and as most is the reading's own, ending the other would not do.
        if data == hungry.read_bytes():
            eater = "import time; held = bytearray(b'x' * (50 << 20)); time.sleep(60)"
            started = subprocess.Popen([sys.executable, "-c", eater])
            held = bytearray(b"x" * (520 << 20))
            started.wait()
            del held
        return process_pdf(data, **limits)

    monkeypatch.setattr("taxai_core.cli.process.process_pdf", eat)

    first, second = answers(capsys, hungry, good)

    assert first["error"]["code"] == "out_of_memory"
    assert "500 MB" in first["error"]["message"]
    assert [table["rows"] for table in second["tables"]] == [INTEREST]


def test_what_a_reading_started_ends_with_it(
    good: Path, tmp_path: Path, configure, capsys: pytest.CaptureFixture[str], monkeypatch
) -> None:
    configure(job_timeout_s=1)
    note = tmp_path / "pid"

    def hang(_data: bytes, **_limits: object) -> None:
        sleeper = subprocess.Popen(["sleep", "60"])
        note.write_text(str(sleeper.pid))
        sleeper.wait()

    monkeypatch.setattr("taxai_core.cli.process.process_pdf", hang)

    (answer,) = answers(capsys, good)

    assert answer["error"]["code"] == "timeout"
    wait_until(lambda: not psutil.pid_exists(int(note.read_text())), "the sleeper is gone")


@pytest.mark.skipif(not BAD.is_dir(), reason="the sample corpus is not beside this checkout")
def test_after_each_bad_file_of_the_corpus_a_good_one_is_read_as_ever(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [file for bad in sorted(BAD.glob("*.pdf")) for file in (bad, good)]

    answered = answers(capsys, *files)

    failed, between = answered[::2], answered[1::2]
    assert {one["error"]["code"] for one in failed if "error" in one} >= {"corrupt", "encrypted"}
    assert [[table["rows"] for table in one["tables"]] for one in between] == (
        [[INTEREST]] * (len(files) // 2)
    )
