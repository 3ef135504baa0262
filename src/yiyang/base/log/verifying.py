"""Is the log still what was sealed? Every line is hashed again; what differs is named by block and line."""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from yiyang.base.keys import sealing
from yiyang.base.keys.keyring import AUDIT, Key
from yiyang.base.log import chain
from yiyang.base.log.chain import LEAF, Block, Running
from yiyang.base.models import AuditSeal

MOST_NAMED = 20  # of each kind; more than that is not read one by one any more


class Wrong(StrEnum):
    CHANGED = "changed"  # a line is not what was sealed
    GONE = "gone"  # a sealed line is no longer there
    ADDED = "added"  # a line stands where none was sealed
    CHAIN = "chain"  # a seal does not follow from the one before
    KEY = "key"  # a seal does not bear the audit key: somebody else made it
    HEAD = "head"  # a seal is not the one whose head was copied out


@dataclass(frozen=True)
class Fault:
    """What is wrong where; ``rows`` are ids of lines, perhaps not all of them."""

    wrong: Wrong
    block: int
    rows: tuple[int, ...] = ()

    @property
    def says(self) -> str:
        where = f"block {self.block}"
        if self.wrong is Wrong.CHAIN:
            return f"{where} does not follow from the block before it: seals were rewritten or removed"
        if self.wrong is Wrong.KEY:
            return f"{where} does not bear the audit key of the ring: it was not sealed by this installation"
        if self.wrong is Wrong.HEAD:
            return f"{where} is not the one whose head was copied out: the chain was rewritten"
        rows = ", ".join(map(str, self.rows[:MOST_NAMED])) or "unknown"
        if self.wrong is Wrong.GONE:
            return f"{where}: line {rows} is gone"
        if self.wrong is Wrong.ADDED:
            return f"{where}: line {rows} was put in afterwards"
        return f"{where}: line {rows} was changed"


@dataclass(frozen=True)
class Verdict:
    """What was looked at, and everything that is wrong; none = the log is what was sealed."""

    blocks: int
    rows: int
    unsealed: int
    heads: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class _Seal:
    no: int
    from_id: int
    to_id: int
    n: int
    prev: bytes
    hash: bytes
    mac: bytes
    mac_key: str


def verify(heads: Mapping[int, bytes]) -> Verdict:
    """Reckon the whole chain again and hold it against the seals, and these against heads copied out.

    Args:
        heads: hash by number of the block, as they were copied out; none = only the chain itself.
    """
    seals = [_Seal(*row) for row in _stored()]
    top = seals[-1].to_id if seals else 0
    rows, differing = _reckoned(seals, top)
    faults = [*_broken_links(seals), *_unsigned(seals), *_against_heads(seals, heads)]
    for seal, block in differing[:MOST_NAMED]:
        faults += _located(seal, block)
    faults += [Fault(Wrong.CHANGED, seal.no) for seal, _ in differing[MOST_NAMED:]]
    return Verdict(len(seals), rows, chain.unsealed(top), len(heads), tuple(sorted(faults, key=_place)))


def _place(fault: Fault) -> tuple[int, str]:
    return fault.block, fault.wrong


def _stored() -> Iterable[tuple[int, int, int, int, bytes, bytes, bytes, str]]:
    columns = ("no", "from_id", "to_id", "n", "prev", "hash", "mac", "mac_key")
    for no, lo, hi, n, prev, whole, mac, key in AuditSeal.objects.order_by("no").values_list(*columns):
        yield no, lo, hi, n, bytes(prev), bytes(whole), bytes(mac), key


def _reckoned(seals: list[_Seal], top: int) -> tuple[int, list[tuple[_Seal, Block]]]:
    """One pass over all sealed lines; the number of lines, and the blocks that are not what was sealed."""
    differing: list[tuple[_Seal, Block]] = []
    waiting, running, rows = iter(seals), Running(), 0
    seal = next(waiting, None)

    def close(seal: _Seal) -> None:
        block = running.closed(seal.no, seal.from_id, seal.to_id, seal.prev)
        if block.hash != seal.hash or block.n != seal.n:
            differing.append((seal, block))

    for row_id, line in chain.lines(None, top):
        while seal is not None and row_id > seal.to_id:
            close(seal)
            seal, running = next(waiting, None), Running()
        running.add(row_id, line)
        rows += 1
    while seal is not None:
        close(seal)
        seal, running = next(waiting, None), Running()
    return rows, differing


def _broken_links(seals: list[_Seal]) -> list[Fault]:
    """Numbers without a gap, ranges without a gap, each holding the hash of the one before."""
    faults, no, from_id, prev = [], 1, 1, b""
    for seal in seals:
        if (seal.no, seal.from_id, seal.prev) != (no, from_id, prev):
            faults.append(Fault(Wrong.CHAIN, seal.no))
        no, from_id, prev = seal.no + 1, seal.to_id + 1, seal.hash
    return faults


def _unsigned(seals: list[_Seal]) -> list[Fault]:
    """Seals that do not bear the key they name, and unsigned ones after the first signed one.

    A seal whose key was destroyed since is held by the chain and the heads alone.
    """
    keys = {key.key_id: key for key in sealing.ring().of(AUDIT)}
    faults, signed = [], False
    for seal in seals:
        key = keys.get(seal.mac_key)
        unknown = key is None and bool(seal.mac_key)
        forged = key is not None and bool(key.secret) and not _bears(key, seal)
        if unknown or forged or (signed and not seal.mac):
            faults.append(Fault(Wrong.KEY, seal.no))
        signed = signed or bool(seal.mac)
    return faults[:MOST_NAMED]


def _bears(key: Key, seal: _Seal) -> bool:
    return hmac.compare_digest(chain.mac_of(key, seal.hash), seal.mac)


def _against_heads(seals: list[_Seal], heads: Mapping[int, bytes]) -> list[Fault]:
    """A head without its seal is as bad as a differing one: the end of the log was cut off."""
    stored = {seal.no: seal.hash for seal in seals}
    wrong = [no for no, head in heads.items() if stored.get(no) != head]
    return [Fault(Wrong.HEAD, no) for no in sorted(wrong)[:MOST_NAMED]]


def _located(seal: _Seal, block: Block) -> list[Fault]:
    """Which lines differ, by the first bytes of the hash of each."""
    raw = AuditSeal.objects.filter(no=seal.no).values_list("leaves", flat=True).first() or b""
    sealed, found = _leaves(bytes(raw)), _leaves(block.leaves)
    changed = tuple(row for row in sealed if row in found and found[row] != sealed[row])
    gone = tuple(row for row in sealed if row not in found)
    added = tuple(row for row in found if row not in sealed)
    named = [
        Fault(wrong, seal.no, rows[:MOST_NAMED])
        for wrong, rows in ((Wrong.CHANGED, changed), (Wrong.GONE, gone), (Wrong.ADDED, added))
        if rows
    ]
    return named or [Fault(Wrong.CHAIN, seal.no)]  # the lines are right, so the seal is not


def _leaves(raw: bytes) -> dict[int, bytes]:
    try:
        return dict(LEAF.iter_unpack(raw))
    except struct.error:  # somebody cut them
        return {}
