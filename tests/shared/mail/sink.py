"""A mail server that keeps what it is given: aiosmtpd on a real socket, with answers that a test may set."""

import socket
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Sink:
    """The server; `taken` holds recipients and message of each mail, `senders` the addresses they come back to."""

    def __init__(self, *, context: ssl.SSLContext | None = None, is_encrypted_from_start: bool = False) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.raw: list[bytes] = []
        self.senders: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self.connections = 0
        self.was_encrypted: list[bool] = []
        self.password = "p@ss"
        self.answers: dict[str, str] = {}  # recipient → what is answered to it
        self.data_answer = "250 kept"
        self.controller = _Listening(
            self,
            hostname="127.0.0.1",
            port=0,
            tls_context=None if is_encrypted_from_start else context,
            ssl_context=context if is_encrypted_from_start else None,
            authenticator=self.log_in,
            auth_require_tls=False,
        )

    def log_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Keep who logs in with what."""
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        if data.password.decode() == self.password:
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False, message="535 wrong password")

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count connections by their greetings."""
        session.host_name = hostname
        self.connections += 1
        self.was_encrypted.append(session.ssl is not None)
        return responses

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or answer what the test has set."""
        answer = self.answers.get(address, "250 ok")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message."""
        if self.data_answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append((list(envelope.rcpt_tos), message))
            self.raw.append(envelope.content)
            self.senders.append(str(envelope.mail_from))
        return self.data_answer

    @property
    def port(self) -> int:
        """The port that the system chose."""
        assert self.controller.server is not None
        return int(self.controller.server.sockets[0].getsockname()[1])

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.controller.stop()


class _Listening(Controller):
    """The library's thread, on a port that the system chooses."""

    def _trigger_server(self) -> None:
        """Knock once, so that the library sees that it listens."""
        assert self.server is not None
        socket.create_connection(self.server.sockets[0].getsockname()[:2], 1).close()
