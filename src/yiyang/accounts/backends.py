"""How somebody becomes known: staff by password; older people by a code sent to their phone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from yiyang.accounts.choices import UserKind
from yiyang.accounts.models import User


class StaffPassword(BaseBackend):
    """Only kind STAFF has a password. Also answers for older people's sessions (``get_user``)."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # noqa: ARG002
        """``login`` and ``password``; None where they do not fit."""
        login, password = str(credentials.get("login", "")), str(credentials.get("password", ""))
        user = User.objects.filter(login=login, kind=UserKind.STAFF).first()
        if user is None:
            make_password(password)  # the same work, so that an unknown login takes as long
            return None
        # The password first, for the same reason: an account put out of use must not answer sooner.
        return user if user.check_password(password) and user.is_active else None

    # Sessions are judged by ``accounts.standing``, which also says why one is over.
    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
