"""The application that the server runs: streams of changes, and Django for everything else, each with its moment."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenor.config.settings")
_django = get_asgi_application()  # loads the apps, which the streams need

from convenor.shared.live.streams import Streams  # noqa: E402 - as above
from convenor.shared.pages.arrival import stamped  # noqa: E402 - as above

application = stamped(Streams(_django))
