"""What one reading process may use, and how its death is understood."""

import signal

# Address space runs ahead of resident memory: libraries, thread stacks, freed arenas. Camelot with
# OpenCV peaked at 604 MB of address space for 282 MB resident.
ADDRESS_SPACE_OVER_MB = 600
# The system's own killer sends KILL; a C library that gets no memory ends itself with the others.
OUT_OF_MEMORY_SIGNALS = {signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}
