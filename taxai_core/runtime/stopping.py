"""The signals that ask `up` to stop, and a sleep that they end."""

import select
import signal
import socket
import time
from types import FrameType, TracebackType
from typing import Any, Self

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Some wrappers pass a Ctrl-C on although the terminal has sent it already (milliseconds apart);
# a person's second Ctrl-C comes later.
SAME_REQUEST_S = 0.5


class StopSignals:
    """While entered, a stop signal sets `requested` and a later second one `hurried`."""

    def __init__(self) -> None:
        self.requested = False
        self.hurried = False
        self._first_at = 0.0
        self._before: Any = signal.SIG_DFL
        self._reader, self._writer = socket.socketpair()

    def __enter__(self) -> Self:
        for side in (self._reader, self._writer):
            side.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in STOPPING:
            # Ignored by whoever started us (nohup, a script's &): it stays so.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop)
        # A handler must exist for a child's end to end the sleep.
        self._before = signal.signal(signal.SIGCHLD, lambda *_: None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        # Stop signals stay handled: a further Ctrl-C while Python ends would print a traceback.
        signal.signal(signal.SIGCHLD, self._before)
        signal.set_wakeup_fd(-1)
        self._reader.close()
        self._writer.close()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if not self.requested:
            self.requested, self._first_at = True, now
        elif now - self._first_at > SAME_REQUEST_S:
            self.hurried = True

    def wait(self, seconds: float) -> None:
        """Sleep; any signal, a child's end too, ends the sleep."""
        if select.select([self._reader], [], [], seconds)[0]:
            self._reader.recv(4096)
