"""R16: a backup comes back, on an empty server, within the time, and shows what was there."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.integration.backups.conftest import Installation
from yiyang.base.keys import ringfile
from yiyang.site.backups import manifests, restoring
from yiyang.site.drilling import RTO_SECONDS
from yiyang.site.embedded import Server


def test_r16_the_restore_drill_of_a_small_county(installation: Installation, original: Path) -> None:
    told = installation.done("restore-drill", str(original))
    checks = {one["check"]: one for one in told["checks"]}
    assert told["ok"]
    assert told["seconds"] < RTO_SECONDS
    assert "all as before" in checks["row counts"]["said"]
    assert "25 of people_person.id_number" in checks["sealed fields"]["said"]
    assert "as they were sealed" in checks["log"]["said"]
    assert checks["staff page"]["said"].endswith("200")
    assert not list(installation.state.glob("drill-*")), "the drill's server is gone"


def test_a_drill_fails_where_a_row_was_lost_from_the_restored_database(
    installation: Installation, original: Path
) -> None:
    """The same check on a database that lacks one row says which table."""
    ring = ringfile.read_ring(installation.state / "keys.json")
    manifest = manifests.read(original, ring)
    installation.done("restore", str(original), "--to", "short")
    server = Server(installation.state)
    with psycopg.connect(server.url("postgres", "short"), autocommit=True) as db:
        db.execute("SET session_replication_role = replica")
        db.execute("DELETE FROM people_person WHERE id = (SELECT max(id) FROM people_person)")
    with pytest.raises(restoring.NotTheSame, match=r"people_person has \d+ rows and had \d+"):
        restoring.compare(server.url("yiyang_owner", "short"), manifest)


def test_the_newest_backup_is_taken_and_without_one_there_is_a_sentence(
    installation: Installation, tmp_path: Path
) -> None:
    sentence = installation.refused("restore-drill", "--from", str(tmp_path))
    assert "no finished backup lies in" in sentence
