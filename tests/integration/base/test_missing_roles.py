"""A release that brings a role: migrating says in one sentence who has to make it."""

from __future__ import annotations

import pytest

from yiyang.site import starting
from yiyang.site.starting import NotPrepared


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_role_that_the_server_lacks_is_named_with_the_file_that_makes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starting._check_roles()
    monkeypatch.setattr(starting, "ROLES", (*starting.ROLES, "yiyang_of_tomorrow"))
    with pytest.raises(NotPrepared, match=r"yiyang_of_tomorrow.*roles\.sql"):
        starting._check_roles()
