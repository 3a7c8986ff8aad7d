"""The strings of a catalogue: read from its source, named by digests, checked for what a wording must keep.

Pure: the tool that keeps the catalogues uses it as well as the pages.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

KEY_LENGTH, DIGEST_LENGTH = 16, 32
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_TAG = re.compile(r"<[^>]*>?")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One string of the interface: its English, one form or two, and the forms of one language."""

    originals: tuple[str, ...]
    strings: tuple[str, ...]
    context: str = ""
    files: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Name the string, whatever its translation."""
        return _hash([self.context, *self.originals])[:KEY_LENGTH]

    @property
    def digest(self) -> str:
        """Name the string together with this wording of it."""
        return digest_of(self, self.strings)

    @property
    def is_whole(self) -> bool:
        """Whether it has a translation in all its forms."""
        return bool(self.strings) and all(self.strings)


def digest_of(entry: Entry, strings: Sequence[str]) -> str:
    """Name a wording of a string: a confirmation counts for this wording only, a later one needs a new one."""
    return _hash([[entry.context, *entry.originals], list(strings)])[:DIGEST_LENGTH]


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def faults(entry: Entry, strings: Sequence[str], *, forms: int) -> list[str]:
    """Give the codes of what a wording lacks: `forms`, `empty`, `placeholders`, `tags`, `percent`; none when sound.

    A plural form may say its number in a word, so it may leave placeholders out but has no others. Marks such as
    <b> must be those of the English: a translation is printed as it is.
    """
    if len(strings) != (forms if len(entry.originals) > 1 else 1):
        return ["forms"]
    if not all(one.strip() for one in strings):
        return ["empty"]
    found = []
    if any(not _keeps_placeholders(entry.originals, one) for one in strings):
        found.append("placeholders")
    if any(_marks(one) not in map(_marks, entry.originals) for one in strings):
        found.append("tags")
    if any(PLACEHOLDER.search(one) for one in entry.originals) and any(map(_has_loose_percent, strings)):
        found.append("percent")
    return found


def _keeps_placeholders(originals: Sequence[str], string: str) -> bool:
    given, known = set(PLACEHOLDER.findall(string)), {name for one in originals for name in PLACEHOLDER.findall(one)}
    return given <= known if len(originals) > 1 else given == known


def _marks(text: str) -> tuple[list[str], bool]:
    """Give what a page would read as its own: tags, and whether a straight quote could end an attribute."""
    return sorted(_TAG.findall(text)), '"' in _TAG.sub("", text)


def _has_loose_percent(text: str) -> bool:
    return "%" in PLACEHOLDER.sub("", text).replace("%%", "")


@dataclass(slots=True)
class _Block:
    """The lines of one entry while they are read."""

    words: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    last: str = ""

    def take(self, line: str) -> None:
        if line.startswith("#:"):
            self.files += [word.partition(":")[0] for word in line[2:].split()]
        elif quoted := _QUOTED.search(line):
            if not line.startswith('"'):
                self.last = line.partition(" ")[0]
            self.words[self.last] = self.words.get(self.last, "") + _plain(quoted[1])

    def entry(self) -> Entry:
        originals = [self.words["msgid"], *(self.words[name] for name in ("msgid_plural",) if name in self.words)]
        forms = [words for name, words in sorted(self.words.items()) if name.startswith("msgstr")]
        files = tuple(dict.fromkeys(self.files))
        return Entry(tuple(originals), tuple(forms), self.words.get("msgctxt", ""), files)


def read_strings(text: str) -> Iterator[Entry]:
    """Give the entries of a catalogue's source (.po) in their order, its head left out.

    Reads what `tools/catalogue.py` writes: no obsolete and no fuzzy entries, fewer than ten plural forms.
    """
    for part in text.split("\n\n"):
        block = _Block()
        for line in part.splitlines():
            block.take(line)
        if block.words.get("msgid"):
            yield block.entry()


def _plain(quoted: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), quoted)
