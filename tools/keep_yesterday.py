"""Keep the example's data as this commit stores it, for the migration test of the next.

Run `python tools/keep_yesterday.py` before you change a model, and commit `tests/data/yesterday.sql.gz` with the
change. The data is small (30 proposals) and holds rows of every kind.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "tests/data/yesterday.sql.gz"


def main() -> None:
    """Make a small installation, dump it, compress it."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "convenor.sqlite3"
        environment = {**os.environ, "CONVENOR_HOME": home, "CONVENOR_DATABASE_URL": f"sqlite:///{path}"}
        for words in (["setup"], ["example", "--proposals", "30"], ["evaluate"], ["select", "--places", "25"]):
            # The small example cannot meet the quotas of 2017: the clash it stores is data to keep as well.
            subprocess.run(
                [sys.executable, "-m", "convenor.config", *words], env=environment, check=words[0] != "select"
            )
        with sqlite3.connect(path) as database:
            text = "\n".join(database.iterdump())
        database.close()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
