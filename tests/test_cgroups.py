"""What is read of control groups of either version, copied into a folder or the kernel's own."""

import time
from pathlib import Path

import pytest
from groups import MB, report, tree

from taxai_core.observe.cgroup import CGROUP, read_group
from taxai_core.observe.reports import ReportReader


@pytest.mark.parametrize("version", [1, 2])
def test_both_versions_tell_the_same(tmp_path: Path, version: int) -> None:
    folder = tree(tmp_path / "group", version, kills=3, throttled=7)

    found = read_group(folder)

    assert found is not None
    assert (found.used_bytes, found.cache_bytes) == (200 * MB, 100 * MB)
    assert (found.cap_bytes, found.swap_bytes) == (512 * MB, 5 * MB)
    assert (found.cpu_s, found.quota_cores) == (2.0, 1.5)
    assert (found.periods, found.throttled_periods, found.throttled_s) == (100, 7, 0.7)
    assert found.oom_kills == 3


@pytest.mark.parametrize("version", [1, 2])
def test_no_limit_is_none(tmp_path: Path, version: int) -> None:
    found = read_group(tree(tmp_path / "group", version, cap=None, quota=None))

    assert found is not None
    assert (found.cap_bytes, found.quota_cores) == (None, None)


def test_a_file_in_a_tmpfs_is_no_cache_that_could_be_taken_back(tmp_path: Path) -> None:
    folder = tree(tmp_path / "group", 2)
    stat = folder / "memory.stat"
    stat.write_text(f"file {180 * MB}\nshmem {80 * MB}\nactive_file {100 * MB}\ninactive_file 0\n")

    found = read_group(folder)

    assert found is not None
    assert found.cache_bytes == 100 * MB


@pytest.mark.parametrize("text", ["", "max\n", "what is this\n1 2 3\n"])
def test_a_broken_file_is_nothing_and_no_error(tmp_path: Path, text: str) -> None:
    for version in (1, 2):
        folder = tree(tmp_path / str(version), version)
        for file in folder.rglob("*"):
            if file.is_file():
                file.write_text(text)

        found = read_group(folder)

        assert found is not None
        assert (found.used_bytes, found.cap_bytes, found.oom_kills) == (0, None, 0)


def test_a_folder_that_is_no_group_is_none(tmp_path: Path) -> None:
    assert read_group(tmp_path) is None
    assert read_group(tmp_path / "nothing") is None


def test_the_kernel_s_own_files_can_be_read() -> None:
    found = read_group()
    if found is None:
        pytest.skip(f"{CGROUP} shows no group here")

    assert found.used_bytes >= 0
    assert found.cache_bytes >= 0
    assert found.oom_kills >= 0


def test_each_container_has_its_report(tmp_path: Path) -> None:
    report(tmp_path, "extract", "b", version=1)
    report(tmp_path, "extract", "a", version=2)
    report(tmp_path, "redis", "c", version=2, cap=None)
    (tmp_path / ".redis@c.0").mkdir()
    (tmp_path / "no-report").mkdir()

    found = ReportReader(tmp_path).read()

    assert [(one.service, one.host) for one in found] == [
        *(("extract", "a"), ("extract", "b"), ("redis", "c"))
    ]
    assert [one.figures.cap_bytes for one in found] == [512 * MB, 512 * MB, None]


def test_the_first_report_has_used_no_processor_and_the_next_ones_have(tmp_path: Path) -> None:
    reader, now = ReportReader(tmp_path), time.time()
    report(tmp_path, "ollama", "a", cpu_s=10, periods=100, throttled=0, at=now - 4)
    assert [(one.cores, one.throttled) for one in reader.read()] == [(0.0, 0.0)]

    report(tmp_path, "ollama", "a", cpu_s=13, periods=120, throttled=5, at=now - 2)

    (found,) = reader.read()
    assert found.cores == pytest.approx(1.5, rel=1e-3)
    assert found.throttled == 0.25
    assert reader.read()[0].cores == found.cores  # nothing new is reported since


def test_one_that_is_started_again_counts_anew(tmp_path: Path) -> None:
    reader, now = ReportReader(tmp_path), time.time()
    report(tmp_path, "ollama", "a", cpu_s=100, at=now - 4)
    reader.read()

    report(tmp_path, "ollama", "a", cpu_s=1, at=now - 2)

    assert [one.cores for one in reader.read()] == [0.0]


def test_one_that_has_gone_is_left_out(tmp_path: Path) -> None:
    report(tmp_path, "app", "gone", at=time.time() - 60)
    report(tmp_path, "app", "here")

    assert [one.host for one in ReportReader(tmp_path).read()] == ["here"]


def test_a_folder_that_is_replaced_just_now_is_not_missed(tmp_path: Path) -> None:
    reader = ReportReader(tmp_path)
    folder = report(tmp_path, "app", "here")
    reader.read()

    folder.rename(tmp_path / ".hidden")

    assert [one.host for one in reader.read()] == ["here"]


def test_no_folder_is_no_container(tmp_path: Path) -> None:
    assert ReportReader(tmp_path / "nothing").read() == []
