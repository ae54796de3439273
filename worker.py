"""Start one background process: `python worker.py extract [NUMBER]` or `python worker.py keep`."""

import logging
import sys

logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s %(message)s", level=logging.WARNING)

match sys.argv[1:]:
    case ["extract", *number]:
        from taxai_core.jobs.worker import run_extract_worker

        run_extract_worker(number[0] if number else "1")
    case ["keep"]:
        from taxai_core.jobs.keeper import run_keeper

        run_keeper()
    case _:
        sys.exit(f"usage: {sys.argv[0]} extract [NUMBER] | keep")
