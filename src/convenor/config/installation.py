"""Bring an installation up to date, and run its processes."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.management import call_command

from convenor.config.sockets import Sockets
from convenor.cycle.actions import load_presets
from convenor.shared.errors import Refused


def bring_up_to_date() -> None:
    """Migrate the database, load the presets, collect static files; nothing entered is touched."""
    call_command("migrate", interactive=False, verbosity=0)
    load_presets()
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)


def check_home() -> None:
    """See whether the folder for data can be written.

    Raises:
        Refused: it cannot.
    """
    try:
        settings.HOME.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.HOME):
            pass
    except OSError as error:
        raise Refused(
            f"no right to write in {settings.HOME}: change the rights of that folder, "
            "or set CONVENOR_HOME to one of yours."
        ) from error


def check_port(host: str, port: int) -> None:
    """See whether the port is free.

    Raises:
        Refused: another program has it, or it may not be opened.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Refused(f"port {port} may not be opened by this account: choose one above 1023.") from error
        except OSError as error:
            raise Refused(
                f"port {port} on {host} is taken by another program: stop that, or choose another "
                f"(`make demo PORT={port + 1}` or `convenor serve --port {port + 1}`)."
            ) from error


def be_at(host: str, port: int) -> None:
    """Write addresses in mails and feeds with this host and port, unless CONVENOR_ORIGIN says otherwise."""
    if "CONVENOR_ORIGIN" not in os.environ:
        name = f"[{host}]" if ":" in host else "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared only
        settings.ORIGIN = os.environ["CONVENOR_ORIGIN"] = f"http://{name}:{port}"
        settings.CSRF_TRUSTED_ORIGINS = [settings.ORIGIN]


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run a worker as a process of its own while the site is served."""
    # The server hands the signal that stopped it on, which would end this process before the worker is told.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    words = [sys.executable, "-m", "convenor.config", "worker", "--beside", str(os.getpid())]
    worker = subprocess.Popen(words)  # noqa: S603 - our own program
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(5)
        except subprocess.TimeoutExpired:  # a solver does not listen: its job is handed in again later
            worker.kill()


def serve(host: str, port: int, *, processes: int = 1) -> None:
    """Serve the site until interrupted.

    Open streams end at once when it is told to stop (`shared.live.streams`), other requests get four seconds.
    """
    import uvicorn  # noqa: PLC0415 - only the serving process needs it
    from uvicorn.supervisors import Multiprocess  # noqa: PLC0415 - as above

    _allow_open_files()
    config = uvicorn.Config(
        "convenor.config.asgi:application",
        host=host,
        port=port,
        workers=processes,
        loop="auto",  # uvloop and httptools, where there are any: see docs/explanation/live.md
        http="auto",
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=4,
        server_header=False,
    )
    with suppress(KeyboardInterrupt):  # Ctrl+C is how one stops it
        if processes == 1:
            uvicorn.Server(config).run()
        else:
            sockets = Sockets(host, port) if hasattr(socket, "SO_REUSEPORT") else [config.bind_socket()]
            Multiprocess(config, sockets=sockets).run()


def _allow_open_files() -> None:
    """Take as many open files as the system allows: a stream is one, and many systems begin with 1024."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
