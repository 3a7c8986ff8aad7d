"""XML of documents → a tree, without document types, entities or anything from outside."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from convenor.meetings.formats.errors import Unreadable, Why

MAX_SIGNS, MAX_VALUES = 400_000, 500_000
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
Node = ET.Element


def tree(data: bytes, kind: str) -> Node:
    """Parse one part.

    The encoding is UTF-8, or UTF-16 with its mark, whatever the part says: another one could hide a declaration.

    Raises:
        Unreadable: it is damaged, declares a type or entities, or has too many parts.
    """
    if encoding := _UTF_16.get(data[:2]):
        data = data.decode(encoding, errors="replace").encode("utf-8", errors="replace")
    if _DECLARES.search(data):
        raise Unreadable(Why.UNSAFE, {"kind": kind})
    if data.count(b"<") > MAX_SIGNS or data.count(b"=") > MAX_VALUES:
        raise Unreadable(Why.TOO_COMPLEX, {"kind": kind})
    try:
        return ET.fromstring(data, parser=ET.XMLParser(encoding="utf-8"))  # noqa: S314  # see the checks above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Unreadable(Why.BROKEN, {"kind": kind}) from error


def name(node: Node) -> str:
    """Return the name of a node without its namespace."""
    return node.tag.rpartition("}")[2]


def value(node: Node | None, attribute: str) -> str | None:
    """Return an attribute whatever its namespace, or None."""
    if node is None:
        return None
    for key, said in node.items():
        if key.rpartition("}")[2] == attribute:
            return said
    return None


def child(node: Node | None, *path: str) -> Node | None:
    """Return the first node down a path of names, or None."""
    for step in path:
        node = next((one for one in node if name(one) == step), None) if node is not None else None
    return node


def children(node: Node | None, wanted: str) -> Iterator[Node]:
    """Yield the nodes of a name right under a node."""
    yield from (one for one in (node if node is not None else ()) if name(one) == wanted)


def whole(said: str | None, *, default: int = 0) -> int:
    """Return a whole number that an attribute says, or the default where it says none."""
    match = re.fullmatch(r"\s*([+-]?\d{1,9})(?:\.\d{0,9})?\s*", said or "")
    return int(match[1]) if match else default
