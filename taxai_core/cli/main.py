"""`./taxai …`: the words of the command line and which function each one calls."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ..errors import TaxAIError
from ..outside import PREFIX
from .bench_options import add_bench
from .plan_options import add_plan

DONE, FAILED, WRONG_USAGE = 0, 1, 2
# What a shell expects of a command that Ctrl-C ended: 128 and the signal's number.
INTERRUPTED = 130
# The options that stand for a setting.
SET_BY_OPTION = {
    "data": "data_dir",
    "port": "port",
    "workers": "workers",
    "url": "ollama_url",
    "model": "ollama_model",
}


def main(words: Sequence[str]) -> int:
    """Run one command; return 0 done, 1 something failed, 2 wrong usage, 130 for Ctrl-C."""
    args = _parser().parse_args(words)
    for name, setting in SET_BY_OPTION.items():
        if (value := getattr(args, name, None)) is not None:
            os.environ[PREFIX + setting.upper()] = str(value)
    if getattr(args, "role", None):
        return _health(args)  # every 20 s in each container: without what the others load
    from ..settings import get_document_types, get_settings

    try:
        get_settings()  # a misspelt setting stops every command the same way
        if args.run in (_up, _process, _export):
            get_document_types()
    except SystemExit as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    if args.run in (_up, _submit, _export, _ask):
        from ..log import configure_log

        configure_log(get_settings().data_path / "logs", "up" if args.run is _up else "cli")
    try:
        return int(args.run(args))
    except TaxAIError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="taxai", description="Reads Indian income-tax papers on your own machine."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, metavar="DIR", help="the data folder")

    up = commands.add_parser("up", parents=[data], help="start everything and watch over it")
    up.add_argument("--port", type=int, help="of the pages (default 8501)")
    up.add_argument("--workers", type=int, metavar="N", help="how many read at once")
    up.set_defaults(run=_up)

    process = commands.add_parser("process", help="read files here and now, without the queue")
    process.add_argument("files", nargs="+", type=Path, metavar="FILE")
    process.add_argument("--json", action="store_true", help="one JSON object a line")
    process.add_argument("--no-ai", action="store_true", help="leave the language model out")
    process.add_argument("--password", help="opens protected files")
    process.set_defaults(run=_process)

    submit = commands.add_parser("submit", parents=[data], help="put files into the queue")
    submit.add_argument("files", nargs="+", type=Path, metavar="FILE")
    submit.add_argument("--wait", action="store_true", help="until each has been read")
    submit.add_argument("--password", help="opens protected files")
    submit.set_defaults(run=_submit)

    status = commands.add_parser("status", parents=[data], help="list the documents")
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=_status)

    export = commands.add_parser("export", parents=[data], help="write the CSV files")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--all", action="store_true", help="with what nobody approved yet")
    export.set_defaults(run=_export)

    ask = commands.add_parser("ask", parents=[data], help="have the model fill what is open")
    ask.add_argument("--all", action="store_true", help="also where it was asked before")
    ask.add_argument("--wait", action="store_true", help="until it was asked about each")
    ask.set_defaults(run=_ask)

    health = commands.add_parser("health", parents=[data], help="is everything well?")
    health.add_argument("--json", action="store_true")
    health.add_argument("--no-ai", action="store_true", help="do not ask the model a question")
    health.add_argument(
        "--role",
        choices=["app", "extract", "ask", "keeper"],
        help="only what the container of this role is there for",
    )
    health.set_defaults(run=_health)

    migrate = commands.add_parser(
        "migrate", parents=[data], help="bring the database to this version, as `up` does"
    )
    migrate.set_defaults(run=_migrate)

    add_plan(commands.add_parser("plan", help="how to share a machine between the services"))

    for name, run, told in (
        ("backup", _backup, "write all that is kept to one file, also while TaxAI runs"),
        ("restore", _restore, "make an empty data folder of such a file"),
    ):
        copy = commands.add_parser(name, parents=[data], help=told)
        copy.add_argument("file", type=Path, metavar="FILE")
        copy.set_defaults(run=run)

    add_bench(commands.add_parser("bench", help="measure what the documentation claims"))

    test = commands.add_parser("test", help="run every check and test that can run here")
    test.add_argument("pytest_args", nargs=argparse.REMAINDER)
    test.set_defaults(run=_test)
    return parser


# Each command imports what it needs when it runs: the parsers alone take a second to load.


def _up(_args: argparse.Namespace) -> int:
    from ..runtime import up
    from ..service import prepare_store
    from ..settings import get_settings

    return up(get_settings(), prepare_store)


def _process(args: argparse.Namespace) -> int:
    from .process import process_files

    return process_files(
        args.files, password=args.password, as_json=args.json, with_ai=not args.no_ai
    )


def _submit(args: argparse.Namespace) -> int:
    from .documents import submit_files

    return submit_files(args.files, password=args.password, wait=args.wait)


def _status(args: argparse.Namespace) -> int:
    from .documents import show_status

    return show_status(as_json=args.json)


def _export(args: argparse.Namespace) -> int:
    from .documents import export_to

    return export_to(args.folder, approved_only=not args.all)


def _ask(args: argparse.Namespace) -> int:
    from .asking import ask_about_all

    return ask_about_all(again=args.all, wait=args.wait)


def _health(args: argparse.Namespace) -> int:
    from .health import show_health, show_role_health

    if args.role:
        return show_role_health(args.role, as_json=args.json)
    return show_health(as_json=args.json, with_model=not args.no_ai)


def _migrate(_args: argparse.Namespace) -> int:
    from ..service import prepare_store

    prepare_store()
    return 0


def _backup(args: argparse.Namespace) -> int:
    from ..service.backup import back_up

    print(f"Documents: {back_up(args.file)}. Keep the key file too, and apart from this file.")
    return DONE


def _restore(args: argparse.Namespace) -> int:
    from ..service.backup import restore

    print(f"Documents: {restore(args.file)['documents']}. Start with taxai up.")
    return DONE


def _test(args: argparse.Namespace) -> int:
    from .test import run_tests

    return run_tests(args.pytest_args)
