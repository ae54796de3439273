"""The words that all papers share: what is filler, what is said for the same thing."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).parent / "common" / "words.yaml"


class CommonWords(BaseModel):
    """Words that say nothing, words for the same thing, and words that names are told by."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fillers: frozenset[str]
    same: Mapping[str, list[str]]
    phrases: Mapping[str, list[str]]
    bodies: list[str]
    titles: list[str]
    after_names: list[str]
    legal_forms: list[str]
    before_legal_forms: list[str]
    ends_of_firms: frozenset[str]
    address_words: list[str]
    offices: list[str]
    divisions: list[str]
    public: list[str]
    roles: list[str]
    before_roles: list[str]
    posts: list[str]
    enclosed: list[str]
    unpaid: list[str]
    computed: list[str]


@cache
def common_words() -> CommonWords:
    """Read them once."""
    text = _FILE.read_text(encoding="utf-8")
    return CommonWords.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


def any_of(words: Iterable[str]) -> str:
    """A pattern of these words, with any room between the words of one entry."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
