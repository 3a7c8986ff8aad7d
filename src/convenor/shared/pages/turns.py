"""Django as the server runs it: few threads, which keep their database connections, and requests that wait in order.

Django's own handler gives every request a thread and a connection of its own and sends it to and fro between that and
the loop. At a deadline hundreds then share the processor and nobody's answer comes; here who came first is done first.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import SyncToAsync, ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

THREADS = 3  # one computes, others wait for the database or the disk; more would only share the processor


class Turns(ASGIHandler):
    """Answers each request whole in one of few threads."""

    def __init__(self, threads: int = THREADS) -> None:
        super().__init__()
        self.room = ThreadSensitiveContext()
        SyncToAsync.context_to_thread_executor[self.room] = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer a request; reading it and sending the answer to a slow line take no thread."""
        token = SyncToAsync.thread_sensitive_context.set(self.room)
        try:
            await self.handle(scope, receive, send)
        finally:
            SyncToAsync.thread_sensitive_context.reset(token)

    def load_middleware(self, is_async: bool = False) -> None:
        """Load what every page passes through, none of which is asynchronous."""
        super().load_middleware()

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Go through all of it in one turn."""
        return await sync_to_async(self.get_response)(request)
