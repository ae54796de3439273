"""What comes from outside, for what must be light: `settings` takes 0.3 s of CPU to load."""

import os
from pathlib import Path
from urllib.parse import quote, urlsplit

PREFIX = "TAXAI_"
# Where a container engine puts secrets: a file `taxai_redis_password` is that setting.
SECRETS = Path("/run/secrets")
# Where the pages are unless told otherwise.
PORT = 8501


def from_outside(name: str) -> str | None:
    """A setting as it was given, None where it was not."""
    if (value := os.environ.get(PREFIX + name.upper())) is not None:
        return value
    try:
        return (SECRETS / f"{PREFIX}{name}".lower()).read_text().strip()
    except OSError:
        return None


def with_password(url: str, password: str | None) -> str:
    """An address with its password, where it names none itself."""
    parts = urlsplit(url)
    if password is None or parts.password or not parts.hostname:
        return url
    user, _, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}").geturl()
