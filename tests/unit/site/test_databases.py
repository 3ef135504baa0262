"""Database addresses: from the environment to Django's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.site.databases import BadAddress, embedded, from_environment

FAR = "postgresql://yiyang_web:s%40cret@db.example:5433/yiyang?sslmode=verify-full&application_name=pages"


def test_without_an_address_both_aliases_lead_to_the_embedded_server(tmp_path: Path) -> None:
    found = from_environment({"YIYANG_STATE": str(tmp_path)})
    assert {alias: (db["USER"], db["NAME"], db["HOST"]) for alias, db in found.items()} == {
        "default": ("yiyang_web", "yiyang", str(tmp_path / "sock")),
        "owner": ("yiyang_owner", "yiyang", str(tmp_path / "sock")),
    }
    assert found["default"]["CONN_MAX_AGE"] == 600
    assert found["default"]["PORT"] == ""
    assert "CONN_MAX_AGE" not in found["owner"]


def test_nothing_is_made_on_disk(tmp_path: Path) -> None:
    from_environment({"YIYANG_STATE": str(tmp_path / "none")})
    assert not (tmp_path / "none").exists()


def test_a_background_process_signs_in_as_work(tmp_path: Path) -> None:
    found = from_environment({"YIYANG_STATE": str(tmp_path), "YIYANG_PROCESS": "work"})
    assert found["default"]["USER"] == "yiyang_work"
    assert found["owner"]["USER"] == "yiyang_owner"


def test_an_empty_address_means_the_embedded_server(tmp_path: Path) -> None:
    server = embedded({"DATABASE_URL": "", "YIYANG_STATE": str(tmp_path)})
    assert server is not None
    assert server.state == tmp_path
    assert embedded({"DATABASE_URL": FAR}) is None


def test_a_full_address_keeps_its_parameters() -> None:
    assert from_environment({"DATABASE_URL": FAR})["default"] == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "yiyang",
        "USER": "yiyang_web",
        "PASSWORD": "s@cret",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full", "application_name": "pages"},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def test_a_page_needs_no_owner() -> None:
    assert set(from_environment({"DATABASE_URL": FAR})) == {"default"}


def test_the_owner_has_an_address_of_its_own() -> None:
    owner = "postgres://yiyang_owner@db.example/yiyang"
    assert (
        from_environment({"DATABASE_URL": FAR, "DATABASE_OWNER_URL": owner})["owner"]["USER"]
        == "yiyang_owner"
    )


def test_work_on_another_server_needs_its_own_address() -> None:
    with pytest.raises(BadAddress, match="DATABASE_WORK_URL is not"):
        from_environment({"DATABASE_URL": FAR, "YIYANG_PROCESS": "work"})
    work = "postgresql://yiyang_work@db.example/yiyang"
    found = from_environment({"DATABASE_URL": FAR, "DATABASE_WORK_URL": work, "YIYANG_PROCESS": "work"})
    assert found["default"]["USER"] == "yiyang_work"


def test_a_socket_folder_in_the_query_is_the_host() -> None:
    found = from_environment({"DATABASE_URL": "postgresql://yiyang_web@/yiyang?host=/run/postgresql"})
    assert found["default"]["HOST"] == "/run/postgresql"
    assert found["default"]["OPTIONS"] == {}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://a@b/c", "not of the form"),
        ("yiyang", "not of the form"),
        ("host=db dbname=yiyang", "not of the form"),
        ("postgresql://web:secret@db:port/yiyang?x", "cannot be read"),
        ("postgresql://web:secret%zz@db/yiyang", "cannot be read"),
        ("postgresql://web:secret@db/yiyang?no_such_parameter=1", "cannot be read"),
        ("postgresql://web:secret@db", "names no database"),
        ("postgresql://db/yiyang", "names no role"),
    ],
)
@pytest.mark.parametrize("variable", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_a_bad_address_is_one_sentence_without_its_password(url: str, says: str, variable: str) -> None:
    with pytest.raises(BadAddress, match=says) as refused:
        from_environment({"DATABASE_URL": FAR, variable: url})
    assert variable in str(refused.value)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None
