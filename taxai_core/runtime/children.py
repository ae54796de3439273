"""One process that `up` keeps alive."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .linux import tie_to_parent

FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 8.0
LONGEST_LOG_BYTES = 10_000_000


@dataclass(frozen=True)
class Program:
    """What is to run.

    Args:
        name: in messages and in the name of its log.
        command: the program and its arguments.
        answers: is it ready? None: it announces itself in Redis when it is.
        grace_s: how long it may take to stop before it is killed.
        orphan_signal: what it gets when `up` itself is killed (Linux only).
        number: among those of which there are now more, now fewer; None where it always runs.
        environment: what it has beside what all have.
    """

    name: str
    command: tuple[str, ...]
    answers: Callable[[], bool] | None = None
    grace_s: float = 1.5
    orphan_signal: int = signal.SIGKILL
    number: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


class Child:
    """A program and its present process, if it has one."""

    def __init__(
        self, program: Program, environment: Mapping[str, str], folder: Path, logs: Path
    ) -> None:
        self.program = program
        self.log_path = logs / f"{program.name}.log"
        self.answered = False
        self.is_wanted = True
        self.kill_at: float | None = None
        self.due_at = 0.0
        self._environment = environment
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._delay_s = FIRST_DELAY_S

    @property
    def name(self) -> str:
        return self.program.name

    @property
    def pid(self) -> int | None:
        """The id of the process that was started last; it may have ended."""
        return self._process.pid if self._process else None

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start its process.

        Raises:
            OSError: no process, no memory or no place for the log.
        """
        self.answered, self.kill_at = False, None
        self._process = None
        log = _open_log(self.log_path)
        try:
            self._process = subprocess.Popen(
                self.program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env={**self._environment, **self.program.environment},
                # A Ctrl-C in the terminal is for `up` alone, which stops all in order.
                start_new_session=True,
                preexec_fn=tie_to_parent(self.program.orphan_signal),
            )
        finally:
            os.close(log)

    def plan_restart(self) -> float:
        """Note that it has ended; return the seconds after which it is due again."""
        now = time.monotonic()
        if self.answered:  # it does not fail at its start
            self._delay_s = FIRST_DELAY_S
        delay_s = self._delay_s
        self._delay_s = min(2 * delay_s, LONGEST_DELAY_S)
        self.answered = False
        self._process = None
        self.due_at = now + delay_s
        return delay_s

    def rest(self) -> None:
        """Note that it has ended as it was asked to; it starts at once when it is wanted again."""
        self.answered = False
        self._process, self.kill_at = None, None
        self._delay_s, self.due_at = FIRST_DELAY_S, 0.0

    def how_it_ended(self) -> str:
        code = self._process.returncode if self._process else None
        if code is None:
            return "not started"
        return f"killed by signal {-code}" if code < 0 else f"exit code {code}"

    def ask_to_stop(self) -> None:
        if self._process is not None:
            self._process.terminate()


def _open_log(path: Path) -> int:
    """Open a log for appending, a long one begun anew; only the owner may read it."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.exists() and path.stat().st_size > LONGEST_LOG_BYTES:
        path.replace(path.with_name(path.name + ".1"))
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
