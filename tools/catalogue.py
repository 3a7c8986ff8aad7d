"""Keep the catalogues of translations: take the marked strings out, compile, check.

python tools/catalogue.py extract   # new strings enter every catalogue, gone ones leave, translations stay
python tools/catalogue.py compile   # .po → .mo
python tools/catalogue.py missing   # list what a language still lacks, exit 1 if anything
python tools/catalogue.py merge FILE   # take over what `convenor translations --export LANG` printed
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from convenor.shared.languages.strings import Entry, faults, read_strings

PACKAGE = Path(__file__).resolve().parent.parent / "src/convenor"
LONG_AGO = datetime(2017, 6, 12, tzinfo=UTC)
LANGUAGES = ("ar", "es", "fr", "ru", "zh_Hans")  # English stands in the code
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "marked": None, "_lazy": None, "noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(((?:{_STRING}\s*,?\s*)+)")
Found = tuple[str, int, str | tuple[str, ...], str | None]  # file, line, message or (one, many), context


@cache
def marked_strings() -> tuple[Found, ...]:
    """Give every marked string of the package with its place; the package is read once."""
    return tuple(_marked_strings())


def _marked_strings() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _of_python(path)
    for path in sorted(PACKAGE.rglob("templates/**/*.html")) + sorted(PACKAGE.rglob("templates/**/*.txt")):
        yield from _of_template(path)


def _of_python(path: Path) -> Iterator[Found]:
    name = str(path.relative_to(PACKAGE))
    with path.open("rb") as file:
        for line, message, _comments, context in extract(
            "python", file, keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            yield name, line, message if isinstance(message, str) else tuple(message), context


def _of_template(path: Path) -> Iterator[Found]:
    name = str(path.relative_to(PACKAGE))
    source = templatize(path.read_text("utf-8"), origin=name)
    for call in _CALL.finditer(source):
        words = ast.literal_eval(f"({call[2].rstrip().rstrip(',')},)")
        context = words[0] if "p" in call[1].replace("gettext", "") else None
        strings = words[1:] if context is not None else words
        message = strings[:2] if call[1].startswith("n") else strings[0]
        yield name, source.count("\n", 0, call.start()) + 1, message, context


def template_catalogue() -> Catalog:
    """Give all marked strings as an empty catalogue."""
    catalogue = Catalog(project="Convenor", charset="utf-8")
    for name, line, message, context in marked_strings():
        catalogue.add(message, locations=[(name, line)], context=context, flags=_flags(message))
    return catalogue


def _flags(message: str | tuple[str, ...]) -> set[str]:
    text = message if isinstance(message, str) else "".join(message)
    return {"python-format"} if re.search(r"%\(\w+\)[sd]", text) else set()


def path_of(language: str) -> Path:
    """Give the path of a language's catalogue."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Read a language's catalogue; an empty one when there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Convenor", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Bring a language's catalogue in line with the code; nothing is guessed."""
    catalogue = read(language)
    catalogue.update(template_catalogue(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    write(language, catalogue)


def write(language: str, catalogue: Catalog) -> None:
    """Write a language's catalogue, the same source for the same strings whatever the day."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, sort_output=True, include_lineno=False, omit_header=False)
    path.write_text(re.sub(r'"(POT-Creation|PO-Revision)-Date:.*\n', "", path.read_text("utf-8")), "utf-8")


def compiled(language: str) -> bytes:
    """Give a language's catalogue in the form that runs."""
    buffer, catalogue = BytesIO(), read(language)
    catalogue.creation_date = catalogue.revision_date = LONG_AGO  # the same source gives the same bytes
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def is_whole(message: Message) -> bool:
    """Whether a message has all its translations."""
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings) and not message.fuzzy


def missing(language: str) -> list[str]:
    """Name the strings of the code that a language has no translation for."""
    catalogue = read(language)
    found = []
    for message in template_catalogue():
        if message.id:
            translated = catalogue.get(message.id, message.context)
            if translated is None or not is_whole(translated):
                found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def confirmed_path(language: str) -> Path:
    """Give the path of the digests that native readers confirmed."""
    return PACKAGE / "locale" / language / "confirmed.json"


def merge(path: Path) -> str:
    """Take better wordings and confirmations over from an export, compile, and say what was done.

    A wording that lost a placeholder or a mark, or whose string is gone, is left out and named. Confirmations of
    wordings that no longer stand leave the list.
    """
    export = json.loads(path.read_text("utf-8"))
    language = locale_of(export["language"])
    if language not in LANGUAGES:
        sys.exit(f"“{export['language']}” is none of the catalogues: {', '.join(LANGUAGES)}.")
    catalogue, taken, left = read(language), 0, []
    for change in export["changes"]:
        message = catalogue.get(change["id"][0], change["context"] or None)
        if message is None or not fits(message, change, catalogue.num_plurals):
            left.append(f"  left out: {change['id'][0]}")
            continue
        message.string = tuple(change["strings"]) if message.pluralizable else change["strings"][0]
        taken += 1
    write(language, catalogue)
    path_of(language).with_suffix(".mo").write_bytes(compiled(language))
    kept = keep_confirmed(language, export["confirmed"])
    return "\n".join([f"{language}: {taken} wordings taken over, {len(left)} left out, {kept} confirmed.", *left])


def locale_of(code: str) -> str:
    """Give the folder's name of a language code: zh-hans is zh_Hans."""
    language, _hyphen, script = code.partition("-")
    return f"{language}_{script.title()}" if script else language


def fits(message: Message, change: dict[str, object], forms: int) -> bool:
    """Whether a wording is one of this very string and keeps what it is filled with."""
    originals, strings = (tuple(map(str, change[name])) for name in ("id", "strings"))  # type: ignore[call-overload]
    same = originals == (message.id if isinstance(message.id, tuple) else (message.id,))
    return same and not faults(Entry(originals, ()), strings, forms=forms)


def keep_confirmed(language: str, new: list[str]) -> int:
    """Add digests to those confirmed, drop those of wordings that are gone, and give how many remain."""
    path = confirmed_path(language)
    known = set(json.loads(path.read_text("utf-8"))) if path.exists() else set()
    standing = {entry.digest for entry in read_strings(path_of(language).read_text("utf-8"))}
    digests = sorted((known | set(new)) & standing)
    path.write_text(json.dumps(digests, indent=0) + "\n", "utf-8")
    return len(digests)


def main() -> None:
    """Carry out one verb."""
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    if verb == "merge" and len(sys.argv) > 2:  # noqa: PLR2004 - the verb and its file
        print(merge(Path(sys.argv[2])))
        return
    if verb not in ("extract", "compile", "missing"):
        sys.exit(__doc__)
    lacking = 0
    for language in LANGUAGES:
        if verb == "extract":
            update(language)
        elif verb == "compile":
            path_of(language).with_suffix(".mo").write_bytes(compiled(language))
        names = missing(language)
        lacking += len(names)
        print(f"{language}: {len(names)} missing", *(names if verb == "missing" else []), sep="\n  ")
    sys.exit(1 if verb == "missing" and lacking else 0)


if __name__ == "__main__":
    main()
