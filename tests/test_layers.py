"""The layers of docs/design: who may import whom, read from the source files themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
PACKAGE = "taxai_core"
# Each line may import what stands above it, never what stands beside or below it.
LAYERS = [
    {"errors", "models", "values", "log", "model_sizes", "outside", "sizes"},
    {"pdf", "doctypes", "ai", "store", "observe"},
    {"extract", "export"},
    {"pipeline", "asking"},
    {"settings"},  # after the pipeline: nothing that reads a PDF can read the environment
    {"papers"},
    {"jobs"},
    {"health"},
    {"service"},
    {"ui", "cli", "runtime"},
    {"pages", "streamlit_app", "app", "worker", "__main__"},
]
LEVELS = {name: level for level, layer in enumerate(LAYERS) for name in layer}
# The command line is the front door of the supervisor as well.
BESIDE = {("cli", "runtime")}
# A library is imported in one place, so that it can be replaced in one place.
ONLY_IN = {
    "streamlit": {"ui", "pages", "streamlit_app", "app"},
    "rq": {"jobs"},
    "redis": {"jobs", "observe"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "cryptography": {"store"},
    "fsspec": {"store"},
    "s3fs": {"store"},
    "aiobotocore": {"store"},
    "camelot": {"pdf"},
    "pdfplumber": {"pdf"},
    "pypdfium2": {"pdf"},
    "rapidocr": {"pdf"},
    "onnxruntime": {"pdf"},
    "ollama": {"ai"},
    "pybreaker": {"ai", "jobs"},
    "stamina": {"ai"},
    "limits": {"jobs"},
    "concurrent_log_handler": {"log"},
    "prometheus_client": {"jobs", "ui"},
}


def source_files() -> Iterator[Path]:
    yield from (CHECKOUT / PACKAGE).rglob("*.py")
    yield from (CHECKOUT / "pages").glob("*.py")
    yield from (CHECKOUT / name for name in ("worker.py", "streamlit_app.py", "app.py"))


def module_of(path: Path) -> list[str]:
    parts = list(path.relative_to(CHECKOUT).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def layer_of(module: list[str]) -> str | None:
    """`taxai_core.pdf.tables` belongs to `pdf`, `pages.review` to `pages`."""
    if module in ([PACKAGE], [PACKAGE, "__version__"]):
        return None
    return module[1] if module[0] == PACKAGE else module[0]


def imports(path: Path) -> Iterator[list[str]]:
    """All modules that a file imports, wherever in it, by their full names."""
    package = module_of(path) if path.stem == "__init__" else module_of(path)[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = above + (node.module.split(".") if node.module else [])
            # `from .. import service` names a module by its alias, `from ..errors import X` not.
            yield from ([*base, alias.name] if base == [PACKAGE] else base for alias in node.names)


FILES = [pytest.param(path, id=str(path.relative_to(CHECKOUT))) for path in sorted(source_files())]


@pytest.mark.parametrize("path", FILES)
def test_a_module_imports_only_what_stands_above_its_layer(path: Path) -> None:
    layer = layer_of(module_of(path))

    imported = {layer_of(name) for name in imports(path) if name[0] in (PACKAGE, "pages")}

    assert layer is None or layer in LEVELS, f"{layer} has no place in LAYERS"
    below = {
        other
        for other in imported - {layer, None}
        if LEVELS[other] >= LEVELS[layer] and (layer, other) not in BESIDE
    }
    assert not below, f"{layer} may not import {', '.join(sorted(below))}"


@pytest.mark.parametrize("path", FILES)
def test_a_library_is_imported_in_its_one_place_only(path: Path) -> None:
    layer = layer_of(module_of(path))

    libraries = {name[0] for name in imports(path)}

    astray = {name for name in libraries if name in ONLY_IN and layer not in ONLY_IN[name]}
    assert not astray, f"{layer} may not import {', '.join(sorted(astray))}"


def test_a_part_that_draws_itself_anew_has_a_place_of_its_own() -> None:
    users = {path.name for path in source_files() if "st.fragment" in path.read_text()}
    assert users == {"live.py"}
