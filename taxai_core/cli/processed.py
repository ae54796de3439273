"""What `taxai process --json` prints of files."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .measure import run_measured

BAD = "bad"
MANIFEST = "MANIFEST.json"


def processed(paths: Sequence[Path], password: str | None = None) -> dict[str, dict[str, Any]]:
    """Read files in one run of the command; the object of each by its name."""
    words: list[str | Path] = ["taxai_core", "process", *paths, "--json"]
    words += ["--password", password] if password else []
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as scratch:
        output = Path(scratch) / "read.jsonl"
        if run_measured(words, output).returncode not in (0, 1):
            print("`taxai process` ended early; what it had read counts.", file=sys.stderr)
        lines = output.read_text(encoding="utf-8").splitlines(keepends=True)
    read = [json.loads(line) for line in lines if line.endswith("\n")]
    return {one["file"]: one for one in read}


def bad_files_told(folder: Path) -> str | None:
    """Whether the files of `bad/` fail as its manifest says; None where there is none.

    The manifest has the code of each file, or several of which one will do; `ok` is no error.
    """
    manifest = folder / BAD / MANIFEST
    if not manifest.exists():
        return None
    wanted = json.loads(manifest.read_text(encoding="utf-8"))
    read = processed([folder / BAD / name for name in wanted])
    codes = {name: one.get("error", {}).get("code", "ok") for name, one in read.items()}
    amiss = [
        f"{name} ({codes.get(name, 'no result')})"
        for name, code in wanted.items()
        if codes.get(name) not in (code if isinstance(code, list) else [code])
    ]
    told = f"Files that must fail: {len(wanted) - len(amiss)} of {len(wanted)} do as they should"
    return f"{told}; not so {', '.join(amiss)}." if amiss else f"{told}."
