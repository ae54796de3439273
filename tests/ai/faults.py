"""The ways in which a model server fails, and the lines it sends."""

from typing import Any

MODEL = "gemma3:270m"
# What a question meets, with the details that `behave` takes and their usual values.
FAULTS: dict[str, dict[str, Any]] = {
    "good": {},
    "hang": {},  # accepts the question, sends no headers
    "stall": {"after": 2},  # silent after so many pieces
    "trickle": {"every_s": 0.02},  # a blank at a time, never a whole line
    "slow": {"every_s": 0.05},  # a piece at a time
    "die": {"after": 2},  # closes the connection after so many pieces
    "no_end": {"after": 2},  # ends the answer in order, but without its last line
    "busy": {"times": 3},  # 503 so often, then good
    "garbage": {"text": "I am sorry, <b>no</b> {"},  # an answer that is not JSON
    "no_ollama": {},  # lines that are not JSON
    "endless": {"piece": "0"},  # goes on to num_predict
    "slow_load": {"seconds": 1.0},  # not in memory, and long on its way there
    "die_loading": {},  # closes the connection where it should load
    "missing": {},
    "refused": {},
    "memory": {},
    "schema": {},
    "status": {"status": 500, "text": "something broke"},
    "error_line": {"after": 1, "text": "an error was encountered while running the model"},
    "truncate": {"tokens": None},  # counts so many of the prompt, or a full window; status 200
    # These meet every request, what it holds included.
    "hang_all": {},
    "trickle_all": {"every_s": 0.02},
    "no_ollama_all": {},
    "busy_all": {"times": 3},
    "status_all": {"status": 500, "text": "something broke"},
    "pull_error": {"text": "pull model manifest: file does not exist"},
}
REFUSALS = {
    "missing": (404, f"model '{MODEL}' not found"),
    "refused": (400, "registry: does not support chat"),
    "memory": (500, "model requires more system memory (2.1 GiB) than is available (0.9 GiB)"),
    "schema": (500, "invalid JSON schema in format"),
}
BUSY = (503, "server busy, please try again.  maximum pending requests exceeded")


def described() -> dict[str, Any]:
    """The one model of this server, as `/api/tags` tells it."""
    details = {"family": "gemma3", "parameter_size": "268M", "quantization_level": "Q4_K_M"}
    return {
        "name": MODEL,
        "model": MODEL,
        "size": 241_410_208,
        "digest": "a5fd",
        "details": details,
    }


def example_of(schema: dict[str, Any]) -> Any:
    """The plainest value that keeps to a schema."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        return None if "null" in kind else example_of({**schema, "type": kind[0]})
    if kind == "object":
        return {name: example_of(part) for name, part in schema.get("properties", {}).items()}
    return {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}.get(kind)


def part_of(text: str, *, done: bool = False) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {"model": MODEL, "created_at": "2026-11-13T00:00:00Z", "message": message, "done": done}


def prompt_tokens(body: dict[str, Any]) -> int:
    text = " ".join(message["content"] for message in body.get("messages", []))
    return max(len(text.split()), len(text) // 4) + 10
