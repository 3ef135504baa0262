"""A department's file is a matter of data: agreed once, taken from a folder, late when it does not come."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories import files, importing
from tests.factories.importing import Pair
from yiyang.base.actors import process
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.engine.errors import Refused
from yiyang.exchange import feeds, selectors, services
from yiyang.exchange.models import Batch, Feed

DEFINITION: dict[str, Any] = {
    "name": "census-monthly",
    "title": "外部名册月报",
    "kind": "people",
    "source": "PUBLIC_SECURITY",
    "place": "150206",
    "every_days": 31,
    "grace_days": 4,
    "schema": {
        "type": "object",
        "required": ["XM", "SFZHM"],
        "properties": {"XB": {"enum": ["男", "女"]}, "DH": {"type": "string", "pattern": "^1[0-9]{10}$"}},
    },
    "mapping": {
        "name": "XM", "id_number": "SFZHM", "sex": "XB", "division": "JZD", "hukou_division": "HJD",
        "phone": "DH", "address": "ZZ",
    },
}  # fmt: skip
THEIRS = ("XM", "SFZHM", "XB", "JZD", "HJD", "DH", "ZZ")


def agreed(**other: Any) -> Feed:
    definition = feeds.read_definition({**DEFINITION, **other})
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        return services.agree_feed(actor=process("tests"), definition=definition, now=NOW)


def laid(inbox: Path, name: str, content: bytes, *, minutes: int = 5) -> Path:
    path = inbox / "census-monthly" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    at = (NOW - timedelta(minutes=minutes)).timestamp()
    os.utime(path, (at, at))
    return path


@pytest.fixture
def two(db: None) -> Pair:
    return importing.pair()


def test_a_new_department_is_a_matter_of_data(two: Pair, tmp_path: Path) -> None:
    agreed()
    lines = list(files.rows(3))
    lines[1][files.PHONE] = "0472-1234567"  # a phone to us, and not what was agreed
    path = laid(tmp_path, "2026-11.csv", files.as_csv(lines, THEIRS, "gb18030"))
    taken = services.take_from_inbox(inbox=tmp_path, now=NOW)
    assert [(one.feed, one.why) for one in taken] == [("census-monthly", "")]
    assert not path.exists()
    with acting(Role.JOB, EVERYWHERE):
        batch = Batch.objects.get()
        assert (batch.rank, batch.uploaded_by_id) == (90, None)
        assert Feed.objects.get().last_arrived_at == NOW
    importing.work(batch.pk)
    importing.approve(two.checker, batch.pk)
    importing.work(batch.pk)
    done = importing.found(two.maker, batch.pk)
    assert importing.counts(done) == (3, 2, 0, 1, 0)
    with acting(Role.APP, two.maker.scope):
        (rejection,) = selectors.rejections_of(batch.pk)
    assert (rejection.line, rejection.field, rejection.fault) == (3, "DH", "agreed_pattern")
    assert "0472" not in rejection.reason + rejection.hint


def test_nobody_approves_for_a_feed_but_a_person(db: None, tmp_path: Path) -> None:
    agreed()
    laid(tmp_path, "a.csv", files.as_csv(list(files.rows(1)), THEIRS))
    services.take_from_inbox(inbox=tmp_path, now=NOW)
    with acting(Role.JOB, EVERYWHERE):
        batch = Batch.objects.get()
    importing.work(batch.pk)
    assert importing.work(batch.pk) is None


def test_what_is_no_table_is_set_aside_and_not_tried_every_night(db: None, tmp_path: Path) -> None:
    agreed()
    path = laid(tmp_path, "a.csv", b"%PDF-1.7")
    assert services.take_from_inbox(inbox=tmp_path, now=NOW)[0].why
    assert services.take_from_inbox(inbox=tmp_path, now=NOW) == []
    assert path.with_name("a.csv.refused").exists()


@pytest.mark.parametrize("name", ["a.part", ".a.csv", "young.csv"])
def test_a_file_still_being_written_is_left_alone(db: None, tmp_path: Path, name: str) -> None:
    agreed()
    laid(tmp_path, name, b"x", minutes=0 if name == "young.csv" else 5)
    assert services.take_from_inbox(inbox=tmp_path, now=NOW) == []


def test_a_link_out_of_the_folder_is_not_followed(db: None, tmp_path: Path) -> None:
    agreed()
    (tmp_path / "secret").write_text("姓名,身份证号\n", "utf-8")
    (tmp_path / "census-monthly").mkdir()
    (tmp_path / "census-monthly" / "a.csv").symlink_to(tmp_path / "secret")
    assert services.take_from_inbox(inbox=tmp_path, now=NOW + timedelta(hours=1)) == []


def test_a_feed_that_does_not_come_is_late_after_its_grace(db: None) -> None:
    feed = agreed()
    assert selectors.due_of(feed) == NOW.date() + timedelta(days=35)
    two = importing.pair()
    with acting(Role.APP, two.maker.scope):
        on_time = selectors.waiting_for(two.maker, NOW.date() + timedelta(days=35))
        late = selectors.waiting_for(two.maker, NOW.date() + timedelta(days=36))
    assert (on_time.late, late.late, late.latest) == (0, 1, "外部名册月报")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"name": "../etc"}, "name"),
        ({"kind": "nothing"}, "nothing"),
        ({"source": "SOMEBODY"}, "source"),
        ({"every_days": 0}, "every_days"),
        ({"mapping": {"shoe_size": "X"}}, "shoe_size"),
        ({"mapping": {"name": "X", "id_number": "X"}}, "two columns"),
        ({"schema": {"type": "nonsense"}}, "schema"),
        ({"schema": {"$ref": "https://example.org/row.json"}}, "reference"),
        ({"surplus": 1}, "surplus"),
    ],
)
def test_a_wrong_definition_is_refused_with_the_place_of_the_fault(other: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        feeds.read_definition({**DEFINITION, **other})
