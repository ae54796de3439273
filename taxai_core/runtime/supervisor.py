"""`up`: check, start, watch and stop everything on this machine."""

import os
import time
from collections.abc import Callable, Sequence

from ..errors import TaxAIError
from ..settings import Settings
from .checks import CannotStartError, check_folder, check_port, check_redis_url, page_url
from .children import Child, Program
from .crew import Crew
from .embedded_redis import find_server, place_queue
from .hold import Hold, remove_run_file, write_run_file
from .programs import CHECKOUT, child_environment, programs
from .register import Register
from .stopping import StopSignals
from .terminal import complain, say

# Seconds from the first start until all must have answered; a slow disk needs 20.
START_WITHIN_S = 60.0
POLL_STARTING_S = 0.05
POLL_S = 0.25
# How often it is asked how many workers are wanted.
RESIZE_EVERY_S = 1.0

Prepare = Callable[[], None]


def up(settings: Settings, prepare: Prepare) -> int:
    """Run TaxAI on this machine until a signal stops it; return the exit code.

    Args:
        settings: with what the command line said.
        prepare: opens the key and the database; may raise `TaxAIError`.
    """
    return supervise(settings, programs(settings), prepare)


def supervise(settings: Settings, stages: Sequence[Sequence[Program]], prepare: Prepare) -> int:
    """Do the same with any programs; the last stage to stop, Redis, is added to them."""
    with Hold(settings.data_path) as hold:
        try:
            server = _check(settings, hold)
            prepare()
            # From here on a signal means: stop what was started.
            with StopSignals() as signals:
                return _run(settings, stages, server, hold, signals)
        except (CannotStartError, TaxAIError) as error:
            complain(str(error))
            return 2
        except KeyboardInterrupt:
            complain("Stopped before anything was started.")
            return 1


def _check(settings: Settings, hold: Hold) -> str | None:
    """Return the Redis server to start, None where one is given; hold the data folder."""
    hold.take(create=False)
    hold.clear_up()
    check_port(settings.address, settings.port)
    server = None
    if (url := settings.queue_url) is None:
        server = find_server()
    else:
        check_redis_url(url)
    check_folder(settings.data_path)
    hold.take(create=True)
    return server


def _run(
    settings: Settings,
    stages: Sequence[Sequence[Program]],
    server: str | None,
    hold: Hold,
    signals: StopSignals,
) -> int:
    data = settings.data_path
    queue = place_queue(settings, server)
    register = Register(queue.url)
    environment = child_environment(settings, queue.url)
    crew = Crew(
        [
            [Child(program, environment, CHECKOUT, data / "logs") for program in stage]
            for stage in (*stages, queue.programs)
        ],
        register,
        note=lambda pids: hold.note(pids, queue.private_folder),
        say=say,
    )
    try:
        return _watch(settings, crew, register, queue.url, signals)
    finally:
        say("Stopping")
        crew.stop(signals)
        remove_run_file(data)
        queue.remove_private_folder()
        hold.note((), None)
        say("Stopped")


def _watch(
    settings: Settings, crew: Crew, register: Register, redis_url: str, signals: StopSignals
) -> int:
    """Start all, watch them until a signal comes; return the exit code."""
    data, url = settings.data_path, page_url(settings)
    until = time.monotonic() + START_WITHIN_S
    *stages, redis = crew.stages
    say("Starting the queue")
    silent = _bring_up(crew, redis, signals, until)
    if not silent and not _await_redis(register, signals, until):
        complain("The Redis of TAXAI_REDIS_URL did not answer.")
        return 1
    if not silent and not signals.requested:
        _begin_list(register, redis)
        write_run_file(data, redis_url, None)
        register.forget_crew_size()
        crew.resize(_first_size(settings) or settings.workers)
        others = [child for stage in stages for child in stage if child.is_wanted]
        say("Starting " + ", ".join(child.name for child in others))
        silent = _bring_up(crew, others, signals, until)
    if silent:
        for child in silent:
            complain(f"{child.name} did not answer; its log is {child.log_path}")
        return 1
    if not signals.requested:
        write_run_file(data, redis_url, url)
        say(f"TaxAI is ready at {url}\nData: {data}\nStop with Ctrl-C")
    _tend(crew, register, signals, say_size=_first_size(settings))
    return 0


def _first_size(settings: Settings) -> int | None:
    """How many workers there are at first; None where the keeper does not say how many follow."""
    return settings.workers_min if settings.scaling == "keeper" else None


def _tend(crew: Crew, register: Register, signals: StopSignals, say_size: int | None) -> None:
    """Look after all until a signal comes, with as many workers as are wanted.

    Args:
        say_size: how many there are; None where that does not change.
    """
    resize_at = 0.0
    while not signals.requested:
        if say_size is not None and time.monotonic() >= resize_at:
            resize_at = time.monotonic() + RESIZE_EVERY_S
            size = register.crew_size()
            if size and size.workers != say_size:
                say(f"Extract workers: {size.workers} ({size.reason})")
                say_size = size.workers
                crew.resize(size.workers)
        crew.tend(crew.children)
        signals.wait(POLL_S)


def _begin_list(register: Register, redis: Sequence[Child]) -> None:
    """Begin the list of processes: a Redis of ours may hold that of another container's life."""
    if not redis:
        register.forget_the_dead()
    else:
        register.forget_all()
    for name, pid in [("up", os.getpid()), *((child.name, child.pid) for child in redis)]:
        if pid is not None:
            register.announce(name, pid)


def _bring_up(
    crew: Crew, children: Sequence[Child], signals: StopSignals, until: float
) -> list[Child]:
    """Start these; return those that have not answered by then, none where a signal came."""
    while not signals.requested:
        # Redis too, which may end while the others start.
        crew.tend([*crew.stages[-1], *children])
        silent = [child for child in children if not child.answered]
        if not silent or time.monotonic() >= until:
            return silent
        signals.wait(POLL_STARTING_S)
    return []


def _await_redis(register: Register, signals: StopSignals, until: float) -> bool:
    """Wait for a Redis that is not ours; a signal ends the wait too."""
    while not signals.requested and not register.answers():
        if time.monotonic() >= until:
            return False
        signals.wait(POLL_STARTING_S)
    return True
