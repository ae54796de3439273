"""What a sample says of the machine and of real processes, limited by a container or not."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from taxai_core.observe.machine import ProcessSample, Sample, Sampler

MB = 1024**2
BUSY = "while True: pass"
IDLE = "import time; time.sleep(60)"
HOLDING = "import time; held = b'x' * {bytes}; time.sleep(60)"
# A worker and its job: the child holds memory of its own and computes.
FORKING = """
import os
if os.fork() == 0:
    held = b"x" * {bytes}
    while True: pass
os.wait()
"""


@pytest.fixture
def start() -> Iterator[Callable[[str], int]]:
    started: list[psutil.Process] = []

    def run(code: str) -> int:
        child = subprocess.Popen([sys.executable, "-c", code])
        started.append(psutil.Process(child.pid))
        return child.pid

    yield run
    for process in started:
        try:
            family = [*process.children(recursive=True), process]
        except psutil.NoSuchProcess:
            continue
        for member in family:
            member.kill()
        process.wait()


@pytest.fixture
def no_cgroup(tmp_path: Path) -> Path:
    return tmp_path / "none"


def of(sample: Sample, name: str) -> ProcessSample | None:
    return next((process for process in sample.processes if process.name == name), None)


def until(
    sampler: Sampler, names: dict[int, str], wanted: Callable[[Sample], bool], tries: int = 100
) -> Sample:
    for _ in range(tries):
        sample = sampler.sample(names)
        if wanted(sample):
            return sample
        time.sleep(0.1)
    raise AssertionError(f"never seen; last was {sample}")


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_the_machine_is_described_where_no_container_limits_it(no_cgroup: Path) -> None:
    sample = Sampler(no_cgroup).sample({})

    assert sample.cores == psutil.cpu_count()
    assert 0 <= sample.cpu_percent <= 100
    assert sample.memory_total_bytes == psutil.virtual_memory().total
    assert sample.memory_used_bytes + sample.memory_cache_bytes <= sample.memory_total_bytes
    assert sample.processes == ()


def test_a_busy_process_is_told_from_an_idle_one(start, no_cgroup: Path) -> None:
    names = {start(BUSY): "extract-1", start(IDLE): "app"}
    sampler = Sampler(no_cgroup)

    sample = until(sampler, names, lambda one: of(one, "extract-1").cpu_percent > 20)

    assert of(sample, "app").cpu_percent < of(sample, "extract-1").cpu_percent
    assert sample.cpu_percent > 0


def test_memory_a_process_holds_is_shown(start, no_cgroup: Path) -> None:
    names = {start(HOLDING.format(bytes=80 * MB)): "extract-1", start(IDLE): "app"}

    sample = until(Sampler(no_cgroup), names, lambda one: of(one, "extract-1").rss_bytes > 80 * MB)

    assert 0 < of(sample, "app").rss_bytes < 80 * MB


def test_a_job_s_child_counts_with_its_worker(start, no_cgroup: Path) -> None:
    worker = start(FORKING.format(bytes=80 * MB))
    sampler = Sampler(no_cgroup)

    sample = until(
        sampler,
        {worker: "extract-1"},
        lambda one: one.processes[0].rss_bytes > 80 * MB and one.processes[0].cpu_percent > 20,
    )

    assert len(sample.processes) == 1
    assert psutil.Process(worker).memory_info().rss < 80 * MB


def test_a_child_with_a_name_of_its_own_is_not_counted_twice(start, no_cgroup: Path) -> None:
    held = start(HOLDING.format(bytes=80 * MB))
    names = {os.getpid(): "up", held: "redis"}

    sample = until(Sampler(no_cgroup), names, lambda one: of(one, "redis").rss_bytes > 80 * MB)

    together = Sampler(no_cgroup).sample({os.getpid(): "up"})
    assert of(sample, "up").rss_bytes < of(together, "up").rss_bytes - 60 * MB


def test_a_dead_process_is_absent_and_the_others_stay(start, no_cgroup: Path) -> None:
    dying, living = start(IDLE), start(IDLE)
    names = {dying: "extract-1", living: "app"}
    sampler = Sampler(no_cgroup)
    assert len(sampler.sample(names).processes) == 2

    psutil.Process(dying).kill()  # a zombie first, as nobody waits for it yet

    sample = until(sampler, names, lambda one: of(one, "extract-1") is None)
    assert of(sample, "app") is not None


def test_an_id_that_never_was_a_process_is_absent(no_cgroup: Path) -> None:
    assert Sampler(no_cgroup).sample({2**22 + 1: "extract-1"}).processes == ()


def test_a_container_s_memory_limit_is_the_cap(tmp_path: Path) -> None:
    group = write(
        tmp_path,
        {
            "memory.max": f"{512 * MB}\n",
            "memory.current": f"{300 * MB}\n",
            "memory.stat": f"active_file {40 * MB}\ninactive_file {60 * MB}\n",
        },
    )

    sample = Sampler(group).sample({})

    assert sample.memory_total_bytes == 512 * MB
    assert sample.memory_used_bytes == 200 * MB
    assert sample.memory_cache_bytes == 100 * MB


def test_a_limit_of_the_older_kind_is_read_too(tmp_path: Path) -> None:
    group = write(
        tmp_path,
        {
            "memory/memory.limit_in_bytes": f"{512 * MB}\n",
            "memory/memory.usage_in_bytes": f"{300 * MB}\n",
            "memory/memory.stat": f"inactive_file 1\ntotal_inactive_file {100 * MB}\n",
            "cpu/cpu.cfs_quota_us": "50000\n",
            "cpu/cpu.cfs_period_us": "100000\n",
            "cpuacct/cpuacct.usage": "1000\n",
        },
    )

    sample = Sampler(group).sample({})

    assert (sample.memory_total_bytes, sample.memory_used_bytes) == (512 * MB, 200 * MB)
    assert sample.cores == 0.5


@pytest.mark.parametrize(
    "files",
    [
        {
            "memory.max": "max\n",
            "memory.current": "1\n",
            "memory.stat": "",
            "cpu.max": "max 100000",
        },
        {"memory/memory.limit_in_bytes": "9223372036854771712", "cpu/cpu.cfs_quota_us": "-1"},
        {"memory.max": "", "memory.current": "", "memory.stat": "broken", "cpu.max": "?"},
    ],
)
def test_a_container_without_a_limit_shows_the_machine(files, tmp_path: Path) -> None:
    sample = Sampler(write(tmp_path, files)).sample({})

    assert sample.memory_total_bytes == psutil.virtual_memory().total
    assert sample.cores == psutil.cpu_count()


def test_cpu_under_a_limit_is_the_share_of_what_is_allowed(tmp_path: Path) -> None:
    group = write(tmp_path, {"cpu.max": "50000 100000\n", "cpu.stat": "usage_usec 1000000\n"})
    sampler = Sampler(group)

    write(group, {"cpu.stat": "usage_usec 900000000\nuser_usec 1\n"})
    worked = sampler.sample({})
    rested = sampler.sample({})

    assert worked.cores == 0.5
    assert worked.cpu_percent == 100
    assert rested.cpu_percent == 0
