"""`taxai test`: every check and every test that can run on this machine."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
BROWSER = "tests/browser"


def run_tests(pytest_args: Sequence[str]) -> int:
    """Run lint, types and tests; return 1 where any failed. Arguments narrow the tests only."""
    checks = (
        []
        if pytest_args
        else [
            ["ruff", "check", "."],
            ["ruff", "format", "--check", "."],
            ["mypy", "--strict", "taxai_core"],
        ]
    )
    # Some files at a time: many tests wait for processes and leases more than they work. Those with
    # a browser by themselves: it gives up what it loads when a network of this machine comes or
    # goes, as those of containers do (ERR_NETWORK_CHANGED).
    files = ["--dist", "loadfile", "-n"]
    runs = (
        [pytest_args]
        if pytest_args
        else [[*files, "3", "--ignore", BROWSER], [*files, "2", BROWSER]]
    )
    failed = False
    for words in [*checks, *(["pytest", "-ra", *how] for how in runs)]:
        print(f"$ {' '.join(words)}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", *words], cwd=CHECKOUT).returncode != 0
    return 1 if failed else 0
