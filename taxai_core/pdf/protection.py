"""What protects a PDF, and how its password may be spelt."""

import re
import unicodedata
from collections.abc import Iterator

# PDF 2.0, tables 20 and 25: the algorithms of the standard handler, which asks for a password;
# V 3 was never published. Any other handler wants a certificate or a server.
_PASSWORD_HANDLER = b"/Standard"
_KNOWN_ALGORITHMS = {b"1", b"2", b"4", b"5"}
_KNOWN_FILTERS = {b"/None", b"/V2", b"/AESV2", b"/AESV3"}
_NAMED = re.compile(rb"/Encrypt\s+(\d+)\s+(\d+)\s+R")
_HANDLER = re.compile(rb"/Filter\s*(/[^\s/<>\[\]()]+)")
_ALGORITHM = re.compile(rb"/V\s+(\d+)")
_CRYPT_FILTER = re.compile(rb"/CFM\s*(/[^\s/<>\[\]()]+)")


def spellings(password: str | None) -> Iterator[str | None]:
    """The password as typed, then as another keyboard or a copied line would have given it.

    A file is locked with bytes: `é` typed on a Mac may be two characters where Windows makes one,
    and what is copied from a letter brings a blank along.
    """
    if password:
        # A shell of another encoding gives halves of letters, which no file is locked with.
        password = password.encode(errors="replace").decode()
    yield password
    if password:
        tried = {password}
        for text in (password, password.strip()):
            for form in ("NFC", "NFD", "NFKC"):
                spelling = unicodedata.normalize(form, text)
                if spelling and spelling not in tried:
                    tried.add(spelling)
                    yield spelling


def is_opened_by_password(data: bytes) -> bool:
    """Whether a password can open this PDF; True as well where it does not say what protects it.

    The dictionary that says it is never compressed and never encrypted itself (PDF 2.0, 7.6.2).
    """
    settings = _dictionary(data)
    handler = _HANDLER.search(settings)
    algorithm = _ALGORITHM.search(settings)
    filters = {match[1] for match in _CRYPT_FILTER.finditer(settings)}
    return (
        (handler is None or handler[1] == _PASSWORD_HANDLER)
        and (algorithm is None or algorithm[1] in _KNOWN_ALGORITHMS)
        and filters <= _KNOWN_FILTERS
    )


def _dictionary(data: bytes) -> bytes:
    if named := _NAMED.search(data):
        start = re.search(rb"\b%s\s+%s\s+obj\b" % named.groups(), data)
        return data[start.end() : data.find(b"endobj", start.end())] if start else b""
    direct = re.search(rb"/Encrypt\s*<<", data)
    return data[direct.start() : data.find(b"startxref", direct.start())] if direct else b""
