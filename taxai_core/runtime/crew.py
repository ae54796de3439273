"""All children of one `up`, watched and ended together."""

import os
import time
from collections.abc import Callable, Iterable, Sequence

from .children import Child
from .ending import descendants, kill_orphans, kill_rest, kill_tree
from .linux import adopt_orphans, reap_adopted
from .register import Register
from .stopping import StopSignals

# Stops may take 10 s in all; the graces of four stages (1.5, 1.5, 4 and 2.5 s) fill most of it.
STOP_WITHIN_S = 9.0
KILLED_WITHIN_S = 0.5
# The client tries three times for a second.
WITHDRAW_WITHIN_S = 3.5
POLL_S = 0.05


class Crew:
    """The children, in the stages in which they are stopped.

    Args:
        stages: each is stopped when the one before it has ended.
        note: is told the ids of all present processes after each start.
        say: prints a line.
    """

    def __init__(
        self,
        stages: Sequence[Sequence[Child]],
        register: Register,
        note: Callable[[list[int]], None],
        say: Callable[[str], None],
    ) -> None:
        self.stages = stages
        self._register = register
        self._note = note
        self._say = say
        adopt_orphans()
        # Whoever calls us may have children of its own.
        self._strangers = {process.pid for process in descendants(os.getpid())}

    @property
    def children(self) -> list[Child]:
        return [child for stage in self.stages for child in stage]

    def pids(self) -> list[int]:
        return [child.pid for child in self.children if child.pid is not None]

    def tend(self, children: Iterable[Child]) -> None:
        """Start those that are due, and look after those that run."""
        for child in children:
            if not child.is_wanted:
                self._retire(child)
            elif child.pid is None:
                if time.monotonic() >= child.due_at:
                    self._start(child)
            elif not child.is_alive():
                self._handle_end(child, child.how_it_ended())
            elif not child.answered and self._answers(child):
                child.answered = True
        reap_adopted({*self.pids(), *self._strangers})

    def resize(self, number: int) -> None:
        """Have so many of those of which there are now more, now fewer."""
        for child in self.children:
            if child.program.number is not None:
                child.is_wanted = child.program.number <= number

    def _retire(self, child: Child) -> None:
        """Ask one that is not wanted to stop; it may take its grace to hand its work back."""
        if (pid := child.pid) is None:
            return
        if not child.is_alive():
            kill_rest(pid, ())
            self._register.withdraw([pid])
            child.rest()
            self._note(self.pids())
        elif child.kill_at is None:
            child.kill_at = time.monotonic() + child.program.grace_s
            child.ask_to_stop()
        elif time.monotonic() >= child.kill_at:
            kill_tree(pid)

    def _start(self, child: Child) -> None:
        try:
            child.start()
        except OSError as error:
            self._handle_end(child, error.strerror or type(error).__name__)
            return
        assert child.pid is not None
        # The id may have been that of a process that was killed before it could withdraw.
        self._register.withdraw([child.pid])
        self._note(self.pids())

    def _handle_end(self, child: Child, reason: str) -> None:
        if (pid := child.pid) is not None:
            kill_rest(pid, ())
            kill_orphans({*self.pids(), *self._strangers})
            self._register.withdraw([pid])
        delay_s = child.plan_restart()
        self._say(f"{child.name} stopped ({reason}); starting it again in {delay_s:.0f} s")

    def _answers(self, child: Child) -> bool:
        assert child.pid is not None
        if child.program.answers is None:
            return self._register.is_present(child.pid)
        # Alive still: else it was somebody else who answered.
        ready = child.program.answers() and child.is_alive()
        return ready and self._register.announce(child.name, child.pid)

    def stop(self, signals: StopSignals) -> None:
        """End all, stage by stage, and whatever they left."""
        until = time.monotonic() + STOP_WITHIN_S
        *others, last = self.stages
        for stage in others:
            _end(stage, signals, until)
        # A Redis that hangs takes all of that time; then the next start clears the list.
        if time.monotonic() < until - WITHDRAW_WITHIN_S:
            self._register.withdraw([os.getpid(), *self.pids()])
        _end(last, signals, until)
        kill_orphans(self._strangers)
        reap_adopted(self._strangers)


def _end(stage: Sequence[Child], signals: StopSignals, until: float) -> None:
    """Ask the children of a stage to stop, and kill what has not after its grace."""
    below = [(child, child.pid, descendants(child.pid)) for child in stage if child.pid is not None]
    grace_s = max((child.program.grace_s for child in stage), default=0.0)
    until = min(until, time.monotonic() + grace_s)
    for child in stage:
        child.ask_to_stop()
    while any(child.is_alive() for child in stage):
        if signals.hurried or time.monotonic() >= until:
            break
        signals.wait(POLL_S)
    for child, pid, seen in below:
        if child.is_alive():
            kill_tree(pid)
        kill_rest(pid, seen)
    until = time.monotonic() + KILLED_WITHIN_S
    while any(child.is_alive() for child in stage) and time.monotonic() < until:
        signals.wait(POLL_S)
