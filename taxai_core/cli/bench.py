"""`taxai bench start`: how soon TaxAI answers, what it weighs idle, how fast a paper is read."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from ..jobs import presence
from ..jobs.connection import RUN_FILE, open_redis
from ..runtime.linux import tie_to_parent

STARTS = 3
# Long enough for the last imports and the first samples, and for the keeper's pace to show.
IDLE_S = 30.0
SAMPLE = Path(__file__).parents[1] / "ui" / "sample" / "sample-interest-certificate.pdf"


def bench_start(paper: Path | None) -> int:
    """Start TaxAI on an empty data folder and print what it takes; return 1 where it did not."""
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as folder:
        data, port = Path(folder) / "data", free_port()
        seconds = []
        for _ in range(STARTS):
            with running_taxai(data, port, 1) as answered_after_s:
                seconds.append(answered_after_s)
        print(f"page answers after   {_spread(seconds)} s ({STARTS} starts, the first on no data)")
        with running_taxai(data, port, 1):
            before = _cpu_seconds(data)
            time.sleep(IDLE_S)
            _print_idle(data, before)
            return _print_reading(data, paper or SAMPLE)


@contextmanager
def running_taxai(data: Path, port: int, workers: int) -> Iterator[float]:
    """Run `taxai up` and yield after how many seconds its page answered."""
    words = ["up", "--data", str(data), "--port", str(port), "--workers", str(workers)]
    start = time.monotonic()
    # Killed, this process takes it along: `up` then ends all others.
    tie = tie_to_parent(signal.SIGTERM)
    with subprocess.Popen(_taxai(*words), stdout=subprocess.DEVNULL, preexec_fn=tie) as process:
        try:
            while not _answers(port):
                if process.poll() is not None:
                    raise SystemExit("taxai up ended by itself; nothing was measured")
                time.sleep(0.02)
            answered_after_s = time.monotonic() - start
            while "url" not in run_file(data):
                time.sleep(0.05)
            yield answered_after_s
        finally:
            process.send_signal(signal.SIGTERM)


def _print_idle(data: Path, before: dict[str, float]) -> None:
    after = _cpu_seconds(data)
    for process in _processes(data):
        memory = psutil.Process(process.pid).memory_info().rss / (1 << 20)
        core = 100 * (after[process.name] - before.get(process.name, 0.0)) / IDLE_S
        print(f"idle {process.name:<15} {memory:5.0f} MB resident, {core:4.1f} % of one core")


def _print_reading(data: Path, paper: Path) -> int:
    start = time.monotonic()
    words = ["submit", "--data", str(data), "--wait", str(paper)]
    done = subprocess.run(_taxai(*words), stdout=subprocess.PIPE, text=True, check=False)
    waited_s = time.monotonic() - start
    status = subprocess.run(
        _taxai("status", "--data", str(data), "--json"), stdout=subprocess.PIPE, check=True
    )
    document = json.loads(status.stdout)[0]
    print(
        f"{document['pages_total']}-page paper: {document['seconds']} s of reading, "
        f"{waited_s:.1f} s from the command `submit --wait` to `{document['state']}`"
    )
    return done.returncode


def _processes(data: Path) -> list[presence.Process]:
    return presence.processes(open_redis(run_file(data)["redis_url"]))


def _cpu_seconds(data: Path) -> dict[str, float]:
    return {
        process.name: sum(psutil.Process(process.pid).cpu_times()[:2])
        for process in _processes(data)
    }


def run_file(data: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        found: dict[str, str] = json.loads((data / RUN_FILE).read_text())
        return found
    return {}


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _taxai(*words: str) -> list[str]:
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parents[2]))
    return [sys.executable, "-m", "taxai_core", *words]


def _spread(seconds: list[float]) -> str:
    return f"{min(seconds):.1f} to {max(seconds):.1f}"
