"""`python -m convenor.config` is `convenor`."""

from convenor.config.cli import main

main()
