"""Limits of size and naming; each finder is shown to find a planted fault."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.databases import ON_ONE_DATABASE

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("src/convenor", "tools", "bench")
MOST_LINES, MOST_FUNCTION_LINES, MOST_METHODS = 400, 50, 20
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "stuff"}


def modules(*folders: str) -> Iterator[Path]:
    """Every module of ours but migrations, which are made."""
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def faults(name: str, source: str) -> list[str]:
    """Name what is too large, badly named or undocumented in one module."""
    found = [f"{name}: called {Path(name).stem}"] if Path(name).stem in NO_NAMES else []
    if (lines := source.count("\n")) > MOST_LINES:
        found.append(f"{name}: {lines} lines")
    tree = ast.parse(source)
    if ast.get_docstring(tree) is None:
        found.append(f"{name}: no docstring")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            if (node.end_lineno or 0) - first + 1 > MOST_FUNCTION_LINES:
                found.append(f"{name}: {node.name} has {(node.end_lineno or 0) - first + 1} lines")
        if isinstance(node, ast.ClassDef):
            methods = [child for child in node.body if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)]
            if len(methods) > MOST_METHODS:
                found.append(f"{name}: {node.name} has {len(methods)} methods")
    return found


def undocumented(name: str, source: str) -> list[str]:
    """Name public functions and classes at the top of a module that say nothing of themselves."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [
        f"{name}: {node.name} has no docstring"
        for node in ast.parse(source).body
        if isinstance(node, kinds) and not node.name.startswith("_") and ast.get_docstring(node) is None
    ]


def test_sources_keep_the_limits():
    found = [
        fault for path in modules(*SOURCES) for fault in faults(str(path.relative_to(ROOT)), path.read_text("utf-8"))
    ]

    assert found == []


def test_tests_say_what_they_are_about():
    found = [
        str(path.relative_to(ROOT))
        for path in modules("tests")
        if ast.get_docstring(ast.parse(path.read_text("utf-8"))) is None
    ]

    assert found == []


def test_public_names_are_documented():
    found = [
        fault
        for path in modules(*SOURCES)
        for fault in undocumented(str(path.relative_to(ROOT)), path.read_text("utf-8"))
    ]

    assert found == []


def test_planted_faults_are_found():
    long_function = "def f():\n" + "    x = 1\n" * MOST_FUNCTION_LINES
    wide_class = "class C:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(MOST_METHODS + 1))

    assert faults("src/x/utils.py", '"""Doc."""\n') == ["src/x/utils.py: called utils"]
    assert faults("a.py", '"""Doc."""\n' + "\n" * MOST_LINES) == [f"a.py: {MOST_LINES + 1} lines"]
    assert faults("a.py", "x = 1\n") == ["a.py: no docstring"]
    assert faults("a.py", f'"""Doc."""\n{long_function}') == [f"a.py: f has {MOST_FUNCTION_LINES + 1} lines"]
    assert faults("a.py", f'"""Doc."""\n{wide_class}') == [f"a.py: C has {MOST_METHODS + 1} methods"]
    assert undocumented("a.py", "def f(): ...\ndef _g(): ...\nclass C: ...\n") == [
        "a.py: f has no docstring",
        "a.py: C has no docstring",
    ]


def test_what_is_left_out_on_the_second_database_is_there():
    assert [one for one in ON_ONE_DATABASE if not (ROOT / "tests" / one).exists()] == []
