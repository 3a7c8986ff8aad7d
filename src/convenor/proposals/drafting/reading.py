"""What somebody typed into a field, made a value, or refused in a sentence; hostile text stays text."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _

from convenor.people.names import tidy_name
from convenor.proposals.drafting.merging import Value

LINE, NAME, TEXT, LINES, CODE, CODES, NUMBER, YES_NO, LINK = (
    "line", "name", "text", "lines", "code", "codes", "number", "yes-no", "link",
)  # fmt: skip
MOST_LETTERS: Mapping[str, int] = {LINE: 200, NAME: 200, TEXT: 20_000, LINK: 500}
MOST_ENTRIES, LONGEST_ENTRY = 20, 1_000
GREATEST = 1_000_000
# Control characters, and marks that hide text or turn the direction of what stands after it.
_BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Sort:
    """What sort of thing a field holds, and which codes it may."""

    name: str
    options: Sequence[tuple[str, str]] = ()  # code, words
    most: int = 0  # letters of a line or a text, where it is not as usual

    @property
    def most_letters(self) -> int:
        """How long it may be."""
        return self.most or MOST_LETTERS.get(self.name, 0)


@dataclass(slots=True)
class Read:
    """What a form says: values by field, and by field what is not taken and why."""

    values: dict[str, Value] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


class UntakenError(ValueError):
    """What was typed cannot be stored; the text is the sentence."""


def read_all(sorts: Mapping[str, Sort], said: Mapping[str, Sequence[str]]) -> Read:
    """Read every field that a form speaks about; fields of which nothing is known are left out.

    Where nothing at all came of a field it was left empty if it is ticked; anything else was lost on the way.
    """
    found = Read()
    for code, typed in said.items():
        if code in sorts and (typed or sorts[code].name in (CODES, YES_NO)):
            try:
                found.values[code] = read(sorts[code], typed)
            except UntakenError as sentence:
                found.faults[code] = str(sentence)
    return found


def read(sort: Sort, typed: Sequence[str]) -> Value:
    """Read one field from what its controls sent; nothing typed is None.

    Raises:
        UntakenError: it cannot be stored.
    """
    text = plain(typed[0]) if typed else ""
    if sort.name == CODES:
        return [_code(sort, code) for code in dict.fromkeys(typed) if code] or None
    return _READERS[sort.name](sort, text) if text.strip() else None


def plain(text: str) -> str:
    """Give a text in composed form with one sort of line end, without signs that nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _BAD.sub("", text))


def _line(sort: Sort, text: str) -> Value:
    return _measured(sort, tidy_name(text)) or None


def _text(sort: Sort, text: str) -> Value:
    return _measured(sort, text.strip("\n").rstrip())


def _measured(sort: Sort, text: str) -> str:
    if len(text) > sort.most_letters:
        raise UntakenError(
            _("This has %(letters)s letters, and %(most)s fit: shorten it. It stays here until you do.")
            % {"letters": len(text), "most": sort.most_letters}
        )
    return text


def _lines(_sort: Sort, text: str) -> Value:
    found = list(dict.fromkeys(line for line in map(tidy_name, text.split("\n")) if line))
    if len(found) > MOST_ENTRIES:
        raise UntakenError(
            _("These are %(number)s lines, and %(most)s fit: join some or leave some out.")
            % {"number": len(found), "most": MOST_ENTRIES}
        )
    for line in found:
        if len(line) > LONGEST_ENTRY:
            raise UntakenError(
                _("The line “%(start)s…” has %(letters)s letters, and %(most)s fit: shorten it.")
                % {"start": line[:40], "letters": len(line), "most": LONGEST_ENTRY}
            )
    return list[str](found) or None


def _code(sort: Sort, text: str) -> str:
    code = text.strip()
    if code not in {one for one, _words in sort.options}:
        raise UntakenError(_("“%(code)s” cannot be chosen here: choose again.") % {"code": code[:80]})
    return code


def _number(sort: Sort, text: str) -> Value:
    digits = text.strip()
    if sort.options:
        return int(_code(sort, digits))
    if not re.fullmatch(r"\d{1,9}", digits) or int(digits) > GREATEST:
        raise UntakenError(
            _("“%(text)s” is no number that fits: type digits, up to %(most)s.")
            % {"text": digits[:80], "most": GREATEST}
        )
    return int(digits)


def _yes_no(_sort: Sort, text: str) -> Value:
    return {"yes": True, "no": False}.get(text.strip())


def _link(sort: Sort, text: str) -> Value:
    address = text.strip()
    try:
        found = str(forms.URLField(max_length=sort.most_letters, assume_scheme="https").clean(address))
    except forms.ValidationError:
        found = ""
    if not found.startswith(("https://", "http://")):
        raise UntakenError(_("“%(text)s” is no address of a page.") % {"text": address[:200]})
    return found


_READERS: Mapping[str, Callable[[Sort, str], Value]] = {
    LINE: _line,
    NAME: _line,
    TEXT: _text,
    LINES: _lines,
    CODE: _code,
    NUMBER: _number,
    YES_NO: _yes_no,
    LINK: _link,
}


def typed(sort: Sort, value: Value) -> list[str]:
    """Give what the controls of a field hold for a value: the way back."""
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return list(value) if sort.name == CODES else ["\n".join(value)]
    return [str(value)]
