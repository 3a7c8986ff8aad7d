"""Documents are true: links lead somewhere, every verb, setting, folder and bench script is written down."""

import re
from pathlib import Path

from convenor.config.cli import VERBS

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]*)?\)")


def documents() -> list[Path]:
    """Every document of the project."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def broken_links(path: Path, text: str) -> list[str]:
    """Name the links of a document that lead nowhere."""
    targets = [target for target in LINK.findall(text) if "://" not in target and not target.startswith("mailto:")]
    return [target for target in targets if not (path.parent / target).exists()]


def unmentioned(names: list[str], text: str) -> list[str]:
    """Name what a text does not mention in code marks, in a path or a tree."""
    return [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]


def test_links_lead_somewhere():
    found = {str(path.relative_to(ROOT)): broken_links(path, path.read_text("utf-8")) for path in documents()}

    assert {name: links for name, links in found.items() if links} == {}


def test_every_verb_is_documented():
    text = (ROOT / "docs/reference/command-line.md").read_text("utf-8")

    assert unmentioned(sorted(VERBS), text) == []


def test_every_setting_is_documented():
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    names = sorted(set(re.findall(r"CONVENOR_[A-Z_]*[A-Z]", source)))

    assert unmentioned(names, (ROOT / "docs/reference/settings.md").read_text("utf-8")) == []


def test_the_map_names_every_part():
    parts = sorted(
        path.name for path in (ROOT / "src/convenor").iterdir() if path.is_dir() and path.name != "__pycache__"
    )

    assert unmentioned(parts, (ROOT / "docs/map.md").read_text("utf-8")) == []


def test_every_bench_script_is_named_where_its_figures_are():
    text = "\n".join(path.read_text("utf-8") for path in documents())

    assert unmentioned([f"bench/{path.name}" for path in sorted((ROOT / "bench").glob("*.py"))], text) == []


def test_planted_faults_are_found():
    assert broken_links(ROOT / "README.md", "see [this](docs/nowhere.md) and [that](docs/map.md)") == [
        "docs/nowhere.md"
    ]
    assert unmentioned(["serve", "adjourn"], "`serve` runs") == ["adjourn"]


def test_every_kind_of_decision_that_is_recorded_has_a_name():
    from convenor.shared.journal.verbs import VERBS as NAMES

    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src/convenor").rglob("*.py"))
    recorded = set(re.findall(r'(?:verb=|meeting, |doubt, |link, )"([a-z-]+\.[a-z-]+)"', source))

    assert recorded == set(NAMES)
