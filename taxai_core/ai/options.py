"""How the model server is reached and how long it is waited for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelOptions:
    """One model on one server. `num_thread` is left to the server where it is None.

    `connect_s` bounds the connecting, `stall_s` the silence between two tokens, `call_s` one whole
    answer, `load_s` the waiting for a server that is full or loads the model.
    """

    url: str
    model: str
    num_ctx: int = 8192
    use_mmap: bool = True
    keep_alive: str = "30m"
    num_thread: int | None = None
    connect_s: float = 5.0
    stall_s: float = 60.0
    call_s: float = 120.0
    load_s: float = 300.0

    @property
    def request(self) -> dict[str, object]:
        """The request options that are the same in every call.

        The server starts a new runner where `num_ctx`, `use_mmap` or `num_thread` differ from those
        of the call before. On a CPU it maps no weights unless asked to; they count then as used.
        """
        options: dict[str, object] = {
            "num_ctx": self.num_ctx,
            "use_mmap": self.use_mmap,
            "temperature": 0,
        }
        if self.num_thread is not None:
            options["num_thread"] = self.num_thread
        return options
