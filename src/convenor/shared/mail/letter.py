"""From words with placeholders to a mail in plain text and in HTML. Imports no Django, runs nothing that people type.

A template is plain text: paragraphs stand apart by an empty line, lines that begin with `- ` or `1. ` make a list,
`[words](address)` and bare addresses are links, `{name}` is filled in. There is nothing else: no attribute is looked
up, no format is applied, and a value is never read as a template or as a link of its own.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from html import escape

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_WORDS = r"\[(?P<words>[^\[\]\n]+)\]\((?P<target>\{\w+\}|(?:https?://|mailto:)[^(){}\s<>\"]+)\)"
_INLINE = re.compile(_WORDS + r"|(?P<url>https?://[^\s<>\"{}]+)|\{(?P<name>[^{}\n]*)\}")
_ITEM = re.compile(r"(?:(?P<dot>[-*•])|\d{1,3}[.)])[ \t]+(?P<rest>.*)")
_AFTER_URL = ".,;:!?)]’”»،؛؟。"  # ends the sentence, not the address


def placeholders_in(template: str) -> list[str]:
    """Give everything that stands in braces, in order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(template)))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values into a template in one pass.

    Raises:
        KeyError: a placeholder has no value.
    """
    return PLACEHOLDER.sub(lambda found: tidy(values[found[1]]), template)


def to_text(template: str, values: Mapping[str, str]) -> str:
    """Give the plain text: links as `words <address>`, values filled in.

    Raises:
        KeyError: a placeholder has no value.
    """

    def one(found: re.Match[str]) -> str:
        if found["words"] is None:
            return fill(found[0], values)
        words, target = fill(found["words"], values), fill(found["target"], values)
        return target if words == target else f"{words} <{target}>"

    spaced = re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", template.replace("\r\n", "\n"))
    return _INLINE.sub(one, spaced).strip() + "\n"


def to_html(template: str, values: Mapping[str, str], *, links: Collection[str] = ()) -> str:
    """Give the HTML of a template's paragraphs, lists and links; everything else is escaped.

    Args:
        template: the words.
        values: what fills them; their line breaks are kept.
        links: the placeholders whose value is an address to click on.

    Raises:
        KeyError: a placeholder has no value.
    """
    blocks = re.split(r"\n[ \t]*\n", template.replace("\r\n", "\n").strip())
    return "\n".join(part for block in blocks if block.strip() for part in _block(block, values, links))


def tidy(value: str) -> str:
    """Take from a value what could turn or hide the words around it: signs that are not printed, but for tabs."""
    return "\n".join(line if line.isprintable() else _printed(line) for line in value.split("\n"))


def _printed(line: str) -> str:
    return "".join(letter for letter in line if letter == "\t" or letter.isprintable())


def _block(block: str, values: Mapping[str, str], links: Collection[str]) -> Iterator[str]:
    """Yield a block's parts: runs of lines that are list items become lists, the others a paragraph."""
    for tag, lines in _runs(block):
        inner = [_inline(line, values, links) for line in lines]
        yield f"<p>{'<br>'.join(inner)}</p>" if tag == "p" else f"<{tag}><li>{'</li><li>'.join(inner)}</li></{tag}>"


def _runs(block: str) -> list[tuple[str, list[str]]]:
    runs: list[tuple[str, list[str]]] = []
    for line in block.split("\n"):
        item = _ITEM.fullmatch(line.strip())
        tag = "p" if item is None else "ul" if item["dot"] else "ol"
        if not runs or runs[-1][0] != tag:
            runs.append((tag, []))
        runs[-1][1].append(line.strip() if item is None else item["rest"])
    return runs


def _inline(line: str, values: Mapping[str, str], links: Collection[str]) -> str:
    parts, end = [], 0
    for found in _INLINE.finditer(line):
        parts += [escape(line[end : found.start()]), _piece(found, values, links)]
        end = found.end()
    return "".join([*parts, escape(line[end:])])


def _piece(found: re.Match[str], values: Mapping[str, str], links: Collection[str]) -> str:
    if found["words"] is not None:
        words, target = fill(found["words"], values), found["target"]
        is_open = not target.startswith("{") or target[1:-1] in links
        return _link(fill(target, values), words) if is_open else f"{escape(words)} ({escape(fill(target, values))})"
    if found["url"] is not None:
        url = found["url"].rstrip(_AFTER_URL)
        return _link(url, url) + escape(found["url"][len(url) :])
    value = tidy(values[found["name"]])
    if found["name"] in links:
        return _link(value, value)
    return f"<bdi>{escape(value).replace(chr(10), '<br>')}</bdi>"


def _link(target: str, words: str) -> str:
    if not target.startswith(("https://", "http://", "mailto:")):
        return escape(words)
    return f'<a href="{escape(target)}">{escape(words)}</a>'
