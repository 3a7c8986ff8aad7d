"""Imports go one way, and solvers stay out of a web process."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("ortools", "numpy", "scipy", "sklearn", "pandas", "typst", "docx", "openpyxl", "fontTools")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in a folder."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder / "src"), "PATH": ""},
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("shared/errors.py", "import convenor.cycle.models"),
        ("proposals/models.py", "import convenor.meetings.models"),
        ("optimise/grades.py", "import convenor.shared.errors"),
        ("meetings/agenda/model.py", "import django.http"),
    ],
)
def test_an_import_against_the_layers_is_found(tmp_path: Path, module: str, planted: str):
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / "src/convenor" / module
    path.write_text(f"{path.read_text('utf-8')}\n{planted}\n", "utf-8")

    assert "BROKEN" in lint(tmp_path).stdout


def test_a_web_process_loads_no_solver():
    program = (
        "import sys, django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "convenor.config.settings", "PYTHONPATH": "src", "CONVENOR_SECRET_KEY": "x"},
    )

    assert done.stdout.strip() == "[]"
