"""Papers of the generator in tests/corpus, written into a folder with their truth files."""

import subprocess
import sys
from pathlib import Path

from .field_truths import Truth, find_truths
from .measure import CHECKOUT

# Papers are made from seeds beginning here.
FIRST_SEED = 501


def seeds_told(seeds: int) -> str:
    """Which seeds so many papers of a layout are made from."""
    last = FIRST_SEED + seeds - 1
    return f"seeds {FIRST_SEED} to {last}" if seeds > 1 else f"seed {FIRST_SEED}"


def make_samples(folder: Path, seeds: int, *, scans: float = 0.0) -> list[Truth]:
    """Write papers of every layout and return them; none where they cannot be made here.

    Args:
        seeds: how many papers of each layout.
        scans: the share that gets a scan beside it, up to 1.
    """
    print(f"making {seeds} papers of each layout …", file=sys.stderr, flush=True)
    words = [folder, "--seed", FIRST_SEED, "--each", seeds, "--scans", scans]
    command = [sys.executable, "-m", "tests.corpus", *map(str, words)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=False)
    if done.returncode:
        print(
            "The sample papers are made by tests/corpus, in a checkout with what"
            " requirements-test.txt lists; `./taxai test` installs it.",
            file=sys.stderr,
        )
        return []
    return find_truths(folder)
