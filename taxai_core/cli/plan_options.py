"""The options of `taxai plan`; it is imported by every command, so it loads nothing else."""

import argparse
import re

UNITS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}


def add_plan(planning: argparse.ArgumentParser) -> None:
    """Say what can be asked of a plan."""
    planning.add_argument(
        "--memory", type=size_in_bytes, metavar="16G", help="to share (default: what is here)"
    )
    planning.add_argument(
        "--cpus", type=processors, metavar="N", help="to share (default: those that are here)"
    )
    planning.add_argument(
        "--gpu", type=size_in_bytes, default=0, metavar="VRAM", help="memory of its graphics card"
    )
    planning.add_argument("--model", metavar="NAME", help="to run, or none (default: what fits)")
    planning.add_argument("--postgres", action="store_true", help="with PostgreSQL")
    planning.add_argument("--observe", action="store_true", help="with Prometheus and Grafana")
    planning.add_argument(
        "--cap",
        type=_cap,
        action="append",
        default=[],
        metavar="SERVICE=3G",
        help="that one has been given; what follows from it is planned with it",
    )
    form = planning.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--env", action="store_true", help="as lines for docker/.env")
    planning.set_defaults(run=_plan)


def size_in_bytes(text: str) -> int:
    """Read 16G, 8192M or a number of bytes."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:I?B)?", text.strip().upper())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; say 16G, 8192M or bytes")
    return int(float(found[1]) * (1 << UNITS[found[2]]))


def processors(text: str) -> float:
    """Read a number of processors above zero."""
    try:
        found = float(text)
    except ValueError:
        found = 0
    if not 0 < found < 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processors; say 8")
    return found


def _cap(text: str) -> tuple[str, int]:
    name, _, size = text.partition("=")
    return name, size_in_bytes(size)


def _plan(args: argparse.Namespace) -> int:
    from .plan import show_plan

    return show_plan(args)
