"""Where several serving processes listen; read before Django is there."""

import socket
from typing import Any


class Sockets(list[socket.socket]):
    """For processes beside each other: in each that it is handed to, one of its own at the same address.

    The system sends as many connections to each. Behind one shared socket, the process that woke first got most.
    """

    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self.address = host, port

    def __reduce__(self) -> tuple[Any, ...]:
        """Become one in the process that reads it."""
        return _listening, self.address


def _listening(host: str, port: int) -> list[socket.socket]:
    own = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    own.bind((host, port))
    return [own]
