"""A mail server that keeps what it is given: real sockets, the verbs of RFC 5321 that a client needs."""

import base64
import socketserver
import ssl
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    timeout = 5
    server: "Sink"

    def handle(self) -> None:
        """Answer line by line until the client leaves."""
        self.recipients: list[str] = []
        self.server.connections += 1
        self.say("220 sink")
        for raw in self.rfile:
            line = raw.decode().strip()
            self.server.lines.append(line)
            if not self.answer(line.split(" ")[0].upper(), line):
                return

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
        self.wfile.flush()

    def answer(self, verb: str, line: str) -> bool:
        """Answer one line; say whether the talk goes on."""
        if verb in ("EHLO", "HELO"):
            offers = ["sink", *self.server.offers]
            for number, offer in enumerate(offers):
                self.say(f"250{' ' if number == len(offers) - 1 else '-'}{offer}")
        elif verb == "AUTH":
            self.log_in(line)
        elif verb == "STARTTLS":
            self.say("220 go ahead")
            return self.encrypt()
        elif verb == "RCPT":
            self.take(line)
        elif verb == "DATA":
            self.read_message()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 ok")
        return True

    def log_in(self, line: str) -> None:
        _nothing, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
        self.server.logins.append((user, password))
        self.say("235 welcome" if password == self.server.password else "535 wrong password")

    def encrypt(self) -> bool:
        assert self.server.context is not None
        self.server.offers = [offer for offer in self.server.offers if offer != "STARTTLS"]
        with self.server.context.wrap_socket(self.connection, server_side=True) as secure:
            self.rfile, self.wfile = secure.makefile("rb"), secure.makefile("wb")
            self.server.lines.append("(encrypted)")
            for raw in self.rfile:
                line = raw.decode().strip()
                if not self.answer(line.split(" ")[0].upper(), line):
                    break
        return False

    def take(self, line: str) -> None:
        address = line.partition("<")[2].partition(">")[0]
        if address in self.server.refused:
            self.say("550 no such mailbox")
        else:
            self.recipients.append(address)
            self.say("250 ok")

    def read_message(self) -> None:
        self.say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.server.taken.append((self.recipients, message))
        self.recipients = []
        self.say("250 kept")


class Sink(socketserver.ThreadingTCPServer):
    """The server; `taken` holds recipients and message of each mail."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, context: ssl.SSLContext | None = None, is_encrypted_from_start: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.context = context
        if is_encrypted_from_start and context:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.lines: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self.refused: set[str] = set()
        self.password = "p@ss"
        self.connections = 0
        self.offers = ["AUTH PLAIN"] + (["STARTTLS"] if context and not is_encrypted_from_start else [])

    @property
    def port(self) -> int:
        """The port that the system chose."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that hung up in the middle."""

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()
