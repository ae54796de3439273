"""Start one background process: `python worker.py extract|ask [NUMBER]`, or `worker.py keep`."""

import sys
from contextlib import suppress

from taxai_core.errors import TaxAIError
from taxai_core.log import configure_log
from taxai_core.settings import get_settings

# Nobody else makes it on a machine that has workers only.
with suppress(OSError):
    get_settings().data_path.mkdir(mode=0o700, parents=True, exist_ok=True)
name = "-".join((*sys.argv[1:], "1")[:2]).replace("keep-1", "keeper")
configure_log(get_settings().data_path / "logs", name)
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
