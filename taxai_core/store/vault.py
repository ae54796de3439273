"""Encryption at rest: everything a paper says is sealed before it reaches disk or database."""

import base64
import binascii
import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..errors import KeyMissingError, WrongKeyError

KEY_BYTES = 32
# 96 bits, the nonce AES-GCM is specified with (NIST SP 800-38D, 5.2.1.1); random for each seal.
NONCE_BYTES = 12


class Vault:
    """AES-256-GCM with one key. `context` ties a sealed value to its place, so that nobody can
    move one document's bytes to another's row unseen."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt bytes for one place."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt what `seal` made for the same place.

        Raises:
            WrongKeyError: another key, another place, or changed bytes.
        """
        try:
            return self._cipher.decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode()
            )
        except (InvalidTag, ValueError) as error:  # the latter where less than a nonce is left
            raise WrongKeyError("use") from error

    def seal_json(self, value: Any, context: str) -> bytes:
        """Encrypt anything that JSON can hold."""
        return self.seal(json.dumps(value, ensure_ascii=False).encode(), context)

    def open_json(self, sealed: bytes, context: str) -> Any:
        """Decrypt what `seal_json` made."""
        return json.loads(self.open(sealed, context))

    def fingerprint(self, data: bytes) -> str:
        """Return what tells equal files apart without telling which public file it is."""
        return hmac.new(self._key, hashlib.sha256(data).digest(), "sha256").hexdigest()


def load_key(from_environment: str | None, key_path: Path, *, may_create: bool) -> bytes:
    """Return the key from `TAXAI_KEY`, else from the key file, else make the key file.

    Args:
        may_create: False where the data folder already holds documents: a new key could not
            read them and would only hide that the old one is lost.

    Raises:
        KeyMissingError: no key, and none may be made.
        WrongKeyError: what stands there is no key.
    """
    if from_environment is not None:
        return _decode(from_environment, "TAXAI_KEY")
    try:
        return _decode(key_path.read_text(), str(key_path))
    except FileNotFoundError:
        if not may_create:
            raise KeyMissingError(key_path) from None
    key_path.parent.mkdir(parents=True, exist_ok=True)
    text = base64.b64encode(os.urandom(KEY_BYTES)).decode()
    try:
        descriptor = os.open(key_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return _decode(key_path.read_text(), str(key_path))
    with open(descriptor, "w") as file:
        file.write(text + "\n")
    return _decode(text, str(key_path))


def _decode(text: str, origin: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise WrongKeyError(origin)
    return key
