"""Packed documents, opened without trust: nothing is unpacked to disk, and never more than is allowed to memory."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from convenor.meetings.formats.errors import Unreadable, Why

MAX_ENTRIES, MAX_PART, MAX_ALL = 5_000, 8_000_000, 24_000_000
_ENTRY = b"PK\x01\x02"
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1


class Package:
    """A packed document whose parts are asked for by name."""

    def __init__(self, data: bytes) -> None:
        """Read the list of parts.

        Raises:
            Unreadable: there are too many, or the list is damaged.
        """
        if data.count(_ENTRY) > MAX_ENTRIES:
            raise Unreadable(Why.TOO_COMPLEX, {"kind": "ZIP"})
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable(Why.BROKEN, {"kind": "ZIP"}) from error
        self._parts: Mapping[str, zipfile.ZipInfo] = {one.filename: one for one in self._archive.infolist()}
        self._left = MAX_ALL

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts; they are only ever compared."""
        return frozenset(self._parts)

    def part(self, name: str) -> bytes | None:
        """Return a part, or None where there is none of that name.

        Raises:
            Unreadable: it is damaged, asks for a password, or unpacks to more than is allowed.
        """
        entry = self._parts.get(name)
        if entry is None:
            return None
        if entry.flag_bits & _ENCRYPTED:
            raise Unreadable(Why.ENCRYPTED, {"kind": "ZIP"})
        if entry.compress_type not in _PLAIN_METHODS:
            raise Unreadable(Why.BROKEN, {"kind": "ZIP"})
        most = min(MAX_PART, self._left)
        try:
            with self._archive.open(entry) as packed:
                data = packed.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise Unreadable(Why.BROKEN, {"kind": "ZIP"}) from error
        if len(data) > most:
            raise Unreadable(Why.INFLATES, {"kind": "ZIP", "limit": MAX_PART // 1_000_000})
        self._left -= len(data)
        return data
