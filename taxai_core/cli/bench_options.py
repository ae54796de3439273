"""The options of `taxai bench`, and which function measures what."""

import argparse
from pathlib import Path


def add_bench(bench: argparse.ArgumentParser) -> None:
    """Say what can be measured."""
    bench.add_argument(
        "what",
        choices=[
            "start",
            "tables",
            "scans",
            "memory",
            "fields",
            "ask",
            "queue",
            "before-after",
            "chaos",
        ],
        nargs="?",
        default="start",
    )
    bench.add_argument("--file", type=Path, help="the paper to time (default: one made here)")
    bench.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="tables, scans, fields, ask, before-after: of papers",
    )
    bench.add_argument("--method", action="append", help="tables: this one only; can be repeated")
    bench.add_argument(
        "--seeds", type=int, default=2, metavar="N", help="fields: papers made of each layout"
    )
    bench.add_argument(
        "--leave-one-layout-out",
        action="store_true",
        help="fields: what each layout's own words in the definitions are worth",
    )
    bench.add_argument("--documents", type=int, metavar="N", help="ask, before-after, queue, chaos")
    bench.add_argument(
        "--limit-s", type=float, default=180, metavar="S", help="ask: a document is given up then"
    )
    bench.add_argument(
        "--minutes", type=float, default=5, metavar="M", help="before-after: that each way has"
    )
    bench.add_argument("--url", help="ask, before-after: of the model server")
    bench.add_argument("--model", help="ask, before-after, chaos: its name")
    bench.add_argument("--report", type=Path, metavar="FILE", help="in place of docs/benchmarks.md")
    bench.set_defaults(run=_bench)


def _bench(args: argparse.Namespace) -> int:
    from .report import REPORT

    report = args.report or REPORT
    if args.what == "tables":
        from .bench_tables import bench_tables

        return bench_tables(args.folder, args.method, report)
    if args.what == "scans":
        from .bench_scans import SCANS, bench_scans

        return bench_scans(args.folder or SCANS, report)
    if args.what == "memory":
        from .bench_memory import bench_memory

        return bench_memory(args.file, report)
    if args.what == "fields" and args.leave_one_layout_out:
        from .bench_layouts import bench_layouts

        return bench_layouts(args.seeds, report)
    if args.what == "fields":
        from .bench_fields import bench_fields

        return bench_fields(args.folder, args.seeds, report)
    if args.what == "ask":
        from .bench_ask import bench_ask

        return bench_ask(args.folder, args.documents, args.limit_s, report)
    if args.what == "before-after":
        from .bench_before_after import DOCUMENTS, bench_before_after

        return bench_before_after(args.folder, args.documents or DOCUMENTS, args.minutes, report)
    if args.what == "chaos":
        from . import bench_chaos

        return bench_chaos.bench_chaos(
            args.documents or bench_chaos.DOCUMENTS, bench_chaos.KILL_EVERY_S, args.model, report
        )
    if args.what == "queue":
        from .bench_queue import DOCUMENTS, bench_queue

        return bench_queue(args.documents or DOCUMENTS, report)
    from .bench import bench_start

    return bench_start(args.file)
