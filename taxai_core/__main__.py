"""`python -m taxai_core`, which is what `./taxai` runs."""

import sys

from .cli.main import main

sys.exit(main(sys.argv[1:]))
