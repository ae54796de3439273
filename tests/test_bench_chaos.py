"""The bench that kills a running system: what it counts, and that it leaves nothing."""

from collections import Counter
from pathlib import Path

import pytest

from taxai_core.cli import bench_chaos
from taxai_core.cli.bench_chaos_report import Outcome, chaos_report


def test_a_system_under_kills_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_chaos, "COME_WITHIN_S", 10.0)
    monkeypatch.setattr(bench_chaos, "BROKEN_EACH", 10)
    report = tmp_path / "report.md"

    code = bench_chaos.bench_chaos(20, 2.0, None, report)

    told = capsys.readouterr().out
    assert code == 0
    for line in ("| documents in | 20 |", "| lost | 0 |", "| duplicated | 0 |"):
        assert line in told
    assert "| of these broken files | 2 |" in told
    assert "| processes left after it | 0 |" in told
    assert "`./taxai bench chaos --documents 20`" in report.read_text()


@pytest.mark.parametrize("what", ["lost", "duplicated", "left_over"])
def test_what_must_not_be_makes_it_fail(what: str) -> None:
    good = Outcome(accepted=2, kills=Counter(queue=3), seconds=9, longest_stall_s=2, finished=2)
    assert good.is_good

    setattr(good, what, 1)

    assert not good.is_good
    assert "| 3 (3 × queue) |" in chaos_report(good)
