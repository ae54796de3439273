"""Losses said in words: `a net short term capital loss of Rs. 20,505` is an amount below zero."""

import re

from ..doctypes import FieldRule

_LOSS = re.compile(r"\bloss(?:es)?\b", re.IGNORECASE)
_GAIN = re.compile(r"\b(?:gains?|profits?|surplus|income)\b", re.IGNORECASE)


def signed(rule: FieldRule, amount: str, words: str) -> str:
    """An amount with the sign that the words of its clause give it."""
    says_loss = _LOSS.search(words) and not _GAIN.search(words)
    is_plain = not amount.startswith("-") and any(c in "123456789" for c in amount)
    return f"-{amount}" if says_loss and is_plain and _may_be_loss(rule) else amount


def _may_be_loss(rule: FieldRule) -> bool:
    return any(_LOSS.search(wording.text) for wording in (*rule.labels, *rule.prose))
