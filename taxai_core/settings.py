"""Everything that can be set from outside, in one place."""

import getpass
import ipaddress
import os
import platform
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, PositiveFloat, PositiveInt, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .doctypes import DefinitionError, DocumentType, load_document_types
from .observe.plan import NO_MODEL
from .observe.plan_here import job_memory_here_mb, workers_here
from .outside import PORT, SECRETS, with_password
from .outside import PREFIX as PREFIX
from .pdf.forks import PAGE_TIMEOUT_S

# Where Ollama listens unless told otherwise.
MODEL_PORT = 11434
# The SQLite file in the data folder.
DATABASE = "taxai.db"


def _planned_model(given: dict[str, Any]) -> str | None:
    """The model that takes memory of this machine: none where its server is on another one."""
    server = _model_url(given["ollama_url"])
    return given["ollama_model"] if _port_here(server) else NO_MODEL


class Settings(BaseSettings):
    """Read once from `TAXAI_*` variables; frozen, so no code can change it later."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("taxai", appauthor=False),
        description="where documents, database and queue live",
    )
    key: SecretStr | None = Field(
        default=None, description="encryption key, 32 bytes in base64; else the key file is used"
    )
    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL; else SQLite in the data folder"
    )
    redis_url: SecretStr | None = Field(
        default=None, description="a Redis for this data folder alone; else `taxai up` starts one"
    )
    redis_password: SecretStr | None = Field(
        default=None, description="of that Redis, where its URL names none"
    )
    database_password: SecretStr | None = Field(
        default=None, description="of that PostgreSQL, where its URL names none"
    )
    store_url: SecretStr | None = Field(
        default=None, description="s3://bucket/prefix for the papers; else the data folder"
    )
    ollama_url: str | None = Field(
        default=None, description="where the model server answers; else OLLAMA_HOST, else this host"
    )
    ollama_model: str | None = Field(
        default=None, description="the model to ask, where none is chosen on the Model page"
    )
    ollama_slots: PositiveInt = Field(default=1, description="questions at the server at once")
    ollama_requests_a_minute: PositiveInt | None = Field(default=None, description="at most")
    ollama_num_ctx: PositiveInt = Field(default=8192, description="window of every call, in tokens")
    ollama_use_mmap: bool = Field(
        default=True, description="map the weights, so that they are page cache and reclaimable"
    )
    ollama_memory_mb: PositiveInt | None = Field(
        default=None, description="what the server may use; else what `taxai plan` gives it here"
    )
    ollama_keep_alive: str = Field(default="30m", description="how long the model stays in memory")
    ollama_threads: PositiveInt | None = Field(
        default=None, description="of the server; else this machine's, where the server is on it"
    )
    ollama_connect_s: PositiveFloat = Field(default=5, description="until a connection stands")
    ollama_stall_s: PositiveFloat = Field(default=60, description="without a word of an answer")
    ollama_call_s: PositiveFloat = Field(default=120, description="for one whole answer")
    ollama_load_s: PositiveFloat = Field(default=300, description="for loading, or while busy")
    ollama_rest_s: PositiveInt = Field(
        default=60, description="for which a server that failed is left alone"
    )
    ask_timeout_s: PositiveInt = Field(default=1800, description="for one document's questions")
    ask_when_back: bool = Field(
        default=False, description="ask by itself what could not be asked, when the server is back"
    )
    workers: PositiveInt = Field(
        default_factory=lambda given: workers_here(_planned_model(given)),
        description="extract workers at most; else as many as `taxai plan` says here",
    )
    workers_min: PositiveInt = Field(
        default=1, description="extract workers that are kept while nothing waits"
    )
    scaling: Literal["keeper", "outside"] = Field(
        default="keeper",
        description="who says how many extract workers there are; a container engine is outside",
    )
    keeper: Literal["first", "stands_in"] = Field(
        default="first",
        description="stands_in on other machines: it works only while no keeper of the first does",
    )
    max_waiting: PositiveInt = Field(
        default=2000, description="papers; while so many wait no batch is taken in, single ones are"
    )
    port: PositiveInt = Field(default=PORT, description="of the pages")
    address: str = Field(default="127.0.0.1", description="the pages listen here and nowhere else")
    max_file_mb: PositiveInt = Field(default=50, description="larger files are refused")
    max_pages: PositiveInt = Field(default=500, description="longer files are refused")
    read_for_s: PositiveInt = Field(
        default=1800, description="then no further page of a document is begun; the others are kept"
    )
    job_timeout_s: PositiveInt = Field(
        default=2400, description="for one document; then its process is ended"
    )
    turn_s: PositiveFloat = Field(
        default=20, description="then a document gives way to others and goes on after them"
    )
    page_timeout_s: PositiveInt = Field(
        default=PAGE_TIMEOUT_S, description="for one page; one that takes longer is given up"
    )
    job_memory_mb: PositiveInt = Field(
        default_factory=lambda given: job_memory_here_mb(given["workers"], _planned_model(given)),
        description="resident, for one document; else what `taxai plan` gives the workers, shared",
    )
    metrics_port: PositiveInt | None = Field(
        default=None,
        description="keeper and app serve /metrics there; the app of `up` on the port after it",
    )
    metrics_address: str = Field(default="127.0.0.1", description="where /metrics listens")
    reports_dir: Path | None = Field(
        default=None, description="where containers report what they use; else processes are seen"
    )
    machine: str = Field(
        default_factory=lambda given: "containers" if given["reports_dir"] else platform.node(),
        description="its name on the Resources page; each of several needs its own",
    )
    alert_memory_percent: PositiveFloat = Field(
        default=90, description="of its cap; who uses more for a while is an alert"
    )
    alert_throttled_percent: PositiveFloat = Field(
        default=25, description="of the time held back by its CPU quota; more is an alert"
    )
    alert_for_s: PositiveInt = Field(
        default=60, le=3000, description="so long, till that is an alert"
    )
    alert_workers_s: PositiveInt = Field(
        default=30, description="without a worker that reads; longer is an alert"
    )
    alert_keeper_s: PositiveInt = Field(
        default=30, description="without a look of the keeper's, every 5 s; longer is an alert"
    )
    alert_wait_min: PositiveInt = Field(
        default=15, description="a paper that has waited longer is an alert"
    )
    alert_kill_min: PositiveInt = Field(
        default=10,
        le=55,
        description="so long what was killed for want of memory is told at the top",
    )
    disk_low_mb: PositiveInt = Field(
        default=2000, description="free for the data folder; below it `health` warns"
    )
    disk_least_mb: PositiveInt = Field(
        default=500, description="free for the data folder; below it `health` fails"
    )
    doctypes_dir: Path | None = Field(
        default=None, description="a folder of YAML definitions that add or replace document types"
    )
    reviewer: str = Field(default_factory=getpass.getuser, description="the name in the history")

    @field_validator("store_url")
    @classmethod
    def _names_a_bucket(cls, url: SecretStr | None) -> SecretStr | None:
        given = url.get_secret_value() if url else ""
        if given and not re.match(r"s3://[^/]+", given):
            raise ValueError("no bucket")
        return url if given else None  # `TAXAI_STORE_URL=` names none

    @property
    def data_path(self) -> Path:
        """The data folder, absolute."""
        return self.data_dir.expanduser().absolute()

    @property
    def doctypes_path(self) -> Path | None:
        """The folder of definitions, absolute: the processes of `up` work in another folder."""
        folder = self.doctypes_dir
        if folder is None or folder == Path():  # `TAXAI_DOCTYPES_DIR=` names none
            return None
        return folder.expanduser().absolute()

    @property
    def model_url(self) -> str:
        """Where the model server is looked for."""
        return _model_url(self.ollama_url)

    @property
    def pulls_itself(self) -> bool:
        """May the model server go out to fetch a model? In containers it has no way out."""
        return self.scaling == "keeper"

    @property
    def model_port(self) -> int | None:
        """Where the model server listens on this machine; None where it is on another one."""
        return _port_here(self.model_url)

    @property
    def key_path(self) -> Path:
        """The key file: beside the data folder, so that a copy of the folder is unreadable."""
        return self.data_path.with_name(self.data_path.name + ".key")

    @property
    def queue_url(self) -> str | None:
        """The configured Redis, with its password."""
        return _with_password(self.redis_url, self.redis_password) if self.redis_url else None

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address, with the driver this project installs."""
        if self.database_url is None:
            return f"sqlite:///{self.data_path / DATABASE}"
        url = _with_password(self.database_url, self.database_password)
        scheme, _, rest = url.partition("://")
        return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def _model_url(given: str | None) -> str:
    host = given or os.environ.get("OLLAMA_HOST") or f"127.0.0.1:{MODEL_PORT}"
    return host.replace("0.0.0.0", "127.0.0.1")  # a server's own setting: all its addresses


def _port_here(url: str) -> int | None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    return (parts.port or MODEL_PORT) if is_loopback(parts.hostname or "") else None


def _with_password(url: SecretStr, password: SecretStr | None) -> str:
    return with_password(url.get_secret_value(), password.get_secret_value() if password else None)


def is_loopback(address: str) -> bool:
    """Is it an address that only this machine reaches?"""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


@cache
def get_settings() -> Settings:
    """Return the settings; a misspelt or unusable `TAXAI_` variable stops the program by name."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = {key for key in os.environ if key.upper().startswith(PREFIX)} - known
    if unknown:
        raise SystemExit(f"Unknown settings: {', '.join(sorted(unknown))}")
    try:
        return Settings(_secrets_dir=SECRETS if SECRETS.is_dir() else None)  # type: ignore[call-arg]
    except ValidationError as error:
        # One that follows from another is not at fault for that.
        wrong = [item for item in error.errors() if item["type"] != "default_factory_not_called"]
        names = ", ".join(PREFIX + str(item["loc"][0]).upper() for item in wrong)
        raise SystemExit(f"These settings have a value that cannot be used: {names}") from None


def get_document_types() -> dict[str, DocumentType]:
    """Return all document types by id; a definition that cannot be used stops the program."""
    try:
        return load_document_types(get_settings().doctypes_path)
    except DefinitionError as error:
        raise SystemExit(f"A document type cannot be used. {error}") from None
