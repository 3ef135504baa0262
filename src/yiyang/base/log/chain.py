"""The log under seal: blocks of lines under one hash, each chained to the block before.

A line gets its place in the chain by its id. Writers hold a shared lock before they draw an id (a trigger
sees to it); whoever seals waits until everybody who held it has ended, and nobody has to wait for the
sealing. So all ids up to the highest one seen are final, and no line slips in below a seal. Hashes are
reckoned here, over bytes that PostgreSQL merely copies out: a function in the database could be replaced
together with the rows. Each hash is signed with the audit key of the ring, which lies outside the database.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from yiyang.base.keys import sealing, suites
from yiyang.base.keys.keyring import AUDIT, Key, State
from yiyang.base.models import AuditSeal
from yiyang.engine.errors import Unavailable

if TYPE_CHECKING:
    from psycopg import Copy

GATE = (7700, 1)  # the trigger ``gate`` of base_audit names the same two numbers
SEALER = (7700, 2)
BLOCK = 10_000
AT_ONCE = 50  # blocks in one transaction
PATIENCE_S = 5.0
LEAF = struct.Struct(">q8s")
HEAD = struct.Struct(">Bqqqq")
FORM = 1  # of the bytes below; another form gets another number, and old blocks keep theirs

# Fixed columns in a fixed order; moments as microseconds of UTC, whatever the time zone of the session.
LINES = """COPY (SELECT id, (extract(epoch FROM at) * 1000000)::bigint, actor, actor_name, duty, face, action,
  subject_kind, subject_id, fields, purpose, reason, division, request_id, detail, ip
  FROM base_audit WHERE {where} ORDER BY id{most}) TO STDOUT"""


class StillWriting(Unavailable):
    code = "base.still_writing"
    message = "有一件大事还没办完，这一段记录稍后再封"


@dataclass(frozen=True)
class Block:
    """One sealed block as it was reckoned from the lines."""

    no: int
    from_id: int
    to_id: int
    n: int
    prev: bytes
    hash: bytes
    leaves: bytes


@dataclass
class Running:
    """A block that lines are being added to."""

    leaves: bytearray = field(default_factory=bytearray)
    digests: hashlib._Hash = field(default_factory=hashlib.sha256)
    n: int = 0

    def add(self, row_id: int, line: bytes) -> None:
        digest = hashlib.sha256(line).digest()
        self.digests.update(digest)
        self.leaves += LEAF.pack(row_id, digest[:8])
        self.n += 1

    def closed(self, no: int, from_id: int, to_id: int, prev: bytes) -> Block:
        head = HEAD.pack(FORM, no, from_id, to_id, self.n)
        whole = hashlib.sha256(prev + head + self.digests.digest()).digest()
        return Block(no, from_id, to_id, self.n, prev, whole, bytes(self.leaves))


def seal(*, now: datetime, patience_s: float = PATIENCE_S) -> list[AuditSeal]:
    """Seal what has been written and is not under seal yet; the new seals, oldest first.

    Another sealer at work leaves nothing to do. Call again while it gives something back.

    Raises:
        StillWriting: somebody who may still add below the newest line did not end in time.
    """
    if not _only_sealer():
        return []
    top = _final_top(patience_s)
    last = AuditSeal.objects.order_by("-no").first()
    after = last.to_id if last else 0
    if top is None or top <= after:
        return []
    made = list(_blocks(after, top, last))
    key = active_key()
    return AuditSeal.objects.bulk_create(
        AuditSeal(
            **vars(block),
            sealed_at=now,
            mac=mac_of(key, block.hash) if key else b"",
            mac_key=key.key_id if key else "",
        )
        for block in made
    )


def active_key() -> Key | None:
    """The audit key that signs now, None where the ring holds none."""
    found = (key for key in sealing.ring().living(AUDIT) if key.state is State.ACTIVE)
    return next(found, None)


def mac_of(key: Key, whole: bytes) -> bytes:
    return suites.digest(key.suite, key.secret, whole)


def _blocks(after: int, top: int, last: AuditSeal | None) -> Iterator[Block]:
    """Full blocks from the lines, the last one shorter; at most as many as one transaction should hold."""
    no, prev, from_id = (last.no + 1, bytes(last.hash), after + 1) if last else (1, b"", 1)
    running, row_id = Running(), after
    for row_id, line in lines(after, top, limit=BLOCK * AT_ONCE):
        running.add(row_id, line)
        if running.n == BLOCK:
            block = running.closed(no, from_id, row_id, prev)
            yield block
            no, prev, from_id, running = no + 1, block.hash, row_id + 1, Running()
    if running.n:
        yield running.closed(no, from_id, row_id, prev)


def lines(after: int | None, upto: int, limit: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Id and bytes of each line, in the order of ids; nothing is held in memory."""
    below = "" if after is None else f"id > {int(after)} AND "
    most = "" if limit is None else f" LIMIT {int(limit)}"
    question = LINES.format(where=f"{below}id <= {int(upto)}", most=most)
    with connection.cursor() as cursor, cursor.copy(question) as copy:
        yield from _rows_of(copy)


def _rows_of(copy: Copy) -> Iterator[tuple[int, bytes]]:
    """The server sends one message a row."""
    for message in copy:
        line = bytes(message)
        yield int(line[: line.index(b"\t")]), line


def _only_sealer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", SEALER)
        return bool(cursor.fetchone()[0])


def _final_top(patience_s: float) -> int | None:
    """The highest id below which nobody can add any more, None for an empty log.

    Looked up first, and only then who is writing: an id below it was drawn by somebody who has ended or is
    among those. Newcomers draw higher ones and need not be waited for.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM base_audit")
        top: int | None = cursor.fetchone()[0]
        cursor.execute(f"SELECT array_agg(virtualtransaction) {_HOLDING}", GATE)
        writing = cursor.fetchone()[0] or []
        waited = 0.0
        while writing:
            cursor.execute(
                f"SELECT array_agg(virtualtransaction) {_HOLDING} AND virtualtransaction = ANY (%s)",
                [*GATE, writing],
            )
            writing = cursor.fetchone()[0] or []
            if writing and waited >= patience_s:
                raise StillWriting(f"{len(writing)} transactions that write the log did not end")
            if writing:
                cursor.execute("SELECT pg_sleep(0.05)")
                waited += 0.05
    return top


_HOLDING = """FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = %s AND objid = %s"""


def newest() -> AuditSeal | None:
    """The seal on top of the chain."""
    return AuditSeal.objects.defer("leaves").order_by("-no").first()


def unsealed(after: int) -> int:
    """How many lines stand above an id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM base_audit WHERE id > %s", [after])
        return int(cursor.fetchone()[0])
