"""The words that all papers share: what is filler, what is said for the same thing."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).parent / "common" / "words.yaml"


class CommonWords(BaseModel):
    """Fillers, words and runs of words that stand for one, and words that names of bodies have."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fillers: frozenset[str]
    same: Mapping[str, list[str]]
    phrases: Mapping[str, list[str]]
    bodies: list[str]


@cache
def common_words() -> CommonWords:
    """Read them once."""
    text = _FILE.read_text(encoding="utf-8")
    return CommonWords.model_validate(yaml.load(text, Loader=yaml.BaseLoader))
