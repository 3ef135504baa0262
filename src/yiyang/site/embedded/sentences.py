"""What went wrong, in one sentence that says what to do: system errors, output, the server's log."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

from yiyang.engine.errors import Unavailable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL_WORDS = re.compile(r"No space left on device|Disk quota exceeded|File too large")
_LIBRARY = re.compile(
    r"(?:error while loading shared libraries: |Library not loaded: )(?:\S*/)?([\w.+-]+?)(?::|\s|$)"
)
_TAKEN = re.compile(r"Is another postmaster \(PID (\d+)\) using socket file")
_PASSING = re.compile(r'pre-existing shared memory block|lock file "postmaster\.pid" already exists')
_LEVELS = re.compile(r"(?:FATAL|PANIC|ERROR|error|fatal):\s+(.+)")

# Debian's package for the libraries the server is linked against; elsewhere the file name has to do.
_PACKAGES = {
    "libxml2": "libxml2",
    "libgssapi_krb5": "libgssapi-krb5-2",
    "liblz4": "liblz4-1",
    "libzstd": "libzstd1",
    "libssl": "libssl3",
    "libcrypto": "libssl3",
    "libz": "zlib1g",
}


class CannotServe(Unavailable):
    """The embedded server cannot run here; ``str(error)`` is one English sentence that says what to do."""

    code = "site.cannot_serve"
    message = "数据库没有启动，请联系管理员"


@contextlib.contextmanager
def plain_words(state: Path) -> Iterator[None]:
    """Turn the system's refusals inside the block into a sentence.

    Raises:
        CannotServe: for any OSError.
    """
    try:
        yield
    except OSError as error:
        raise CannotServe(of_system_error(error, state)) from error


def of_system_error(error: OSError, state: Path) -> str:
    """One sentence for one OSError met while working below ``state``."""
    where = error.filename or state
    if error.errno in _FULL:
        return _full(state)
    if error.errno in _FORBIDDEN:
        return (
            f"this account (uid {os.geteuid()}) may not read or write {where}:"
            " run as the account that owns it or choose another folder with YIYANG_STATE"
        )
    if error.errno in {errno.EEXIST, errno.ENOTDIR, errno.ENOTEMPTY}:
        return f"{error.filename2 or where} is in the way: move it or choose another folder with YIYANG_STATE"
    return f"{where}: {error.strerror or error}"


def of_output(tool: str, code: int, said: str, state: Path) -> str:
    """One sentence for a PostgreSQL program that failed with ``code`` after saying ``said``."""
    if library := _LIBRARY.search(said):
        name = library[1]
        package = _PACKAGES.get(name.split(".so")[0].split(".")[0])
        how = f"for example: apt-get install {package}" if package else "with the system's packager"
        return f"PostgreSQL needs the system library {name}, which is not installed: install it, {how}"
    if _FULL_WORDS.search(said) or _free_bytes(state) < 1_000_000:
        return _full(state)
    return f"{tool} failed with code {code}: {_last_reason(said)}"


def of_log(said: str, *, socket: Path, log: Path, state: Path) -> str:
    """One sentence for a server that did not come up, from what it wrote into its log."""
    if taken := _TAKEN.search(said):
        return (
            f"another PostgreSQL (process {taken[1]}) already listens in {socket}:"
            " stop it or choose another folder with YIYANG_STATE"
        )
    if _FULL_WORDS.search(said) or _free_bytes(state) < 1_000_000:
        return _full(state)
    return f"PostgreSQL did not start: {_last_reason(said)}; see {log}"


def passes_by_itself(said: str) -> bool:
    """After a kill -9 the orphans hold the shared memory for about two seconds: worth another try."""
    if taken := _TAKEN.search(said):
        return not _lives(int(taken[1]))
    return _PASSING.search(said) is not None


def _lives(pid: int) -> bool:
    """False for a killed process that waits for its parent, too: PostgreSQL takes it for alive."""
    with contextlib.suppress(OSError):
        # After the name in parentheses, which may itself hold parentheses, comes the state.
        return not Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].lstrip().startswith(("Z", "X"))
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _full(state: Path) -> str:
    return (
        f"the disk or the quota that holds {state} is full:"
        " free some space or choose another folder with YIYANG_STATE"
    )


def _last_reason(said: str) -> str:
    """The last line with a level, else the last line: a program's epilogue is seldom the cause."""
    if found := _LEVELS.findall(said):
        return str(found[-1]).strip()
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def _free_bytes(folder: Path) -> int:
    try:
        space = os.statvfs(folder)
    except OSError:
        return 1 << 62
    return space.f_bavail * space.f_frsize
