"""`python -m tests.corpus OUT_DIR`: write sample papers with their truth."""

import argparse
from pathlib import Path
from random import Random

from tests.corpus.paper import Paper, all_layouts, as_scan, build


def _write(paper: Paper, target: Path) -> None:
    target.with_suffix(".pdf").write_bytes(paper.pdf)
    target.with_suffix(".json").write_text(paper.truth(), encoding="utf-8")


def main() -> None:
    """Write `--each` papers of every layout; a share of them as scans too."""
    asked = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    asked.add_argument("out_dir", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--each", type=int, default=1, help="papers of each layout")
    asked.add_argument("--only", help="one document type, or the beginning of a layout's name")
    asked.add_argument("--scans", type=float, default=0.0, help="share that gets a scan, 0 to 1")
    options = asked.parse_args()
    options.out_dir.mkdir(parents=True, exist_ok=True)
    written = 0
    for layout in sorted(all_layouts()):
        if options.only and not layout.startswith(options.only):
            continue
        for seed in range(options.seed, options.seed + options.each):
            paper = build(layout, seed)
            target = options.out_dir / f"{layout.replace('/', '-')}-{seed}"
            _write(paper, target)
            written += 1
            rng = Random(f"scan of {layout}:{seed}")
            if rng.random() < options.scans:
                _write(as_scan(paper, rng), target.with_name(f"{target.name}-scan"))
                written += 1
    print(f"{written} papers in {options.out_dir}")


if __name__ == "__main__":
    main()
