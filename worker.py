"""Start one background process: `python worker.py extract|ask [NUMBER]`, or `worker.py keep`."""

import logging
import sys

from taxai_core.errors import TaxAIError

logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s %(message)s", level=logging.WARNING)
try:
    if sys.argv[1:2] == ["extract"]:
        from taxai_core.jobs.worker import run_extract_worker as run
    elif sys.argv[1:2] == ["ask"]:
        from taxai_core.jobs.worker import run_ask_worker as run
    elif sys.argv[1:] == ["keep"]:
        from taxai_core.jobs.keeper import run_keeper as run
    else:
        sys.exit(__doc__)
    run(*sys.argv[2:])
except TaxAIError as error:
    sys.exit(str(error))
