"""Reading a paper as the predecessor did: all of it through Camelot twice, then through a model.

No limit of time or memory, no slot, the whole text in one prompt, and failures swallowed.
"""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..ai.client import Limits, ModelClient
from ..pdf.peers import camelot_tables, plain_text
from .bench_ask_plain import prompt_about

READ = f"{__name__}.read_paper"
ASKED, ANSWERED = ".asked", ".answer"
# Eleven days: no limit at all.
NEVER_S = 1e6


def read_paper(
    path: str, password: str | None, title: str, wanted: Mapping[str, str], url: str, model: str
) -> None:
    """RQ job: read a paper and leave the model's answer beside it."""
    with suppress(Exception):
        paper = Path(path)
        for flavor in ("lattice", "stream"):
            camelot_tables(paper, flavor, password)
        prompt = prompt_about(title, wanted, "\n".join(plain_text(paper, password)))
        paper.with_suffix(ASKED).write_text(json.dumps({"at": time.time()}), encoding="utf-8")
        began = time.monotonic()
        told = _ask(url, model, prompt)
        answer = {"text": told, "call_s": time.monotonic() - began}
        paper.with_suffix(ANSWERED).write_text(json.dumps(answer), encoding="utf-8")


def _ask(url: str, model: str, prompt: str) -> str:
    never = Limits(NEVER_S, NEVER_S)
    with ModelClient(url, connect_s=NEVER_S, limits=lambda: never) as client:
        answer = client.chat(
            model,
            [{"role": "user", "content": prompt}],
            format="json",
            options={"use_mmap": False},
        )
    return answer.message.content or ""
