"""The application that the server runs: files, streams of changes, and Django for everything else."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenor.config.settings")
django.setup(set_prefix=False)  # loads the apps, which the rest needs

from django.conf import settings  # noqa: E402 - as above
from servestatic import ServeStaticASGI  # noqa: E402 - as above

from convenor.shared.live.streams import Streams  # noqa: E402 - as above
from convenor.shared.pages.arrival import stamped  # noqa: E402 - as above
from convenor.shared.pages.middleware import guard_file  # noqa: E402 - as above
from convenor.shared.pages.turns import Turns  # noqa: E402 - as above

application = ServeStaticASGI(
    stamped(Streams(Turns())), settings.STATIC_ROOT, settings.STATIC_URL, add_headers_function=guard_file
)
