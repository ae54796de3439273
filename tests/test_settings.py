"""What can be set from outside, and what is said of a mistake in it."""

from pathlib import Path

import pytest

from taxai_core.runtime.programs import child_environment
from taxai_core.settings import Settings, get_settings


def test_without_any_variable_everything_stays_on_this_machine() -> None:
    settings = get_settings()

    assert settings.address == "127.0.0.1"
    assert settings.database_url is None
    assert settings.redis_url is None
    assert settings.sqlalchemy_url == f"sqlite:///{settings.data_path / 'taxai.db'}"


def test_a_misspelt_variable_stops_the_program_by_name(configure) -> None:
    configure(max_pags=3, dta_dir="/x")

    with pytest.raises(SystemExit) as stopped:
        get_settings()

    assert stopped.value.code == "Unknown settings: TAXAI_DTA_DIR, TAXAI_MAX_PAGS"


@pytest.mark.parametrize(
    ("name", "value"),
    [("max_pages", "many"), ("max_pages", "0"), ("workers", "-1"), ("job_timeout_s", "")],
)
def test_a_value_that_cannot_be_used_stops_the_program_by_name(
    configure, name: str, value: str
) -> None:
    configure(**{name: value})

    with pytest.raises(SystemExit) as stopped:
        get_settings()

    assert f"TAXAI_{name.upper()}" in str(stopped.value.code)
    if len(value) > 2:
        assert value not in str(stopped.value.code)


def test_every_unusable_value_is_named_at_once(configure) -> None:
    configure(max_pages="many", workers="none")

    with pytest.raises(SystemExit, match=r"TAXAI_WORKERS, TAXAI_MAX_PAGES"):
        get_settings()


def test_secrets_are_not_printed(configure) -> None:
    configure(
        key="c2VjcmV0LWtleQ==",
        database_url="postgresql://me:secret-word@db/taxai",
        redis_url="redis://:secret-word@queue/0",
    )

    settings = get_settings()

    for printed in (repr(settings), str(settings), settings.model_dump_json()):
        assert "secret-word" not in printed
        assert "c2VjcmV0LWtleQ==" not in printed


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_plain_postgresql_address_gets_the_driver_that_is_installed(
    configure, scheme: str
) -> None:
    configure(database_url=f"{scheme}://me:word@db/taxai")

    assert get_settings().sqlalchemy_url == "postgresql+psycopg://me:word@db/taxai"


def test_an_address_that_names_its_driver_is_left_alone(configure) -> None:
    configure(database_url="postgresql+psycopg://me@db/taxai")

    assert get_settings().sqlalchemy_url == "postgresql+psycopg://me@db/taxai"


def test_the_key_lies_beside_the_data_folder_and_not_in_it(configure, tmp_path: Path) -> None:
    configure(data_dir=tmp_path / "papers.d")

    settings = get_settings()

    assert settings.key_path == tmp_path / "papers.d.key"
    assert settings.data_path not in settings.key_path.parents


def test_a_data_folder_is_absolute_wherever_the_program_was_started(
    configure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    configure(data_dir="here")
    assert get_settings().data_path == tmp_path / "here"
    configure(data_dir="~/there")
    assert get_settings().data_path == tmp_path / "there"


def test_settings_cannot_be_changed_by_code() -> None:
    with pytest.raises(ValueError, match="frozen"):
        get_settings().max_pages = 3


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    assert Settings.model_fields[name].description


def test_a_folder_of_definitions_is_the_same_for_processes_that_work_elsewhere(
    configure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    configure(doctypes_dir="types")

    environment = child_environment(get_settings(), "redis://queue/0")

    assert environment["TAXAI_DOCTYPES_DIR"] == str(tmp_path / "types")
