"""Sessions of our own, second factors, locks; an account says when its sessions are over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = """
-- The front door: whoever is not known yet, and whoever looks after the own account.
GRANT SELECT, INSERT, UPDATE ON accounts_session, accounts_lock TO yiyang_web, yiyang_work;
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_totp, accounts_passkey, accounts_recoverycode TO yiyang_web, yiyang_work;
GRANT DELETE ON accounts_lock, accounts_session TO yiyang_work;
-- The system administrator resets factors and locks; the secrets themselves are not to be read.
GRANT SELECT (id, user_id, confirmed_at), DELETE ON accounts_totp TO yiyang_system;
GRANT SELECT (id, user_id, label, made_at, used_at), DELETE ON accounts_passkey TO yiyang_system;
GRANT SELECT (id, user_id, used_at), DELETE ON accounts_recoverycode TO yiyang_system;
GRANT SELECT, UPDATE ON accounts_lock TO yiyang_system;
GRANT SELECT ON accounts_session TO yiyang_system;
-- Whoever gives or takes a duty ends the sessions that still carry the old ones.
GRANT UPDATE (session_version, version_why) ON accounts_user TO yiyang_security;
GRANT SELECT (session_version, version_why) ON accounts_user TO yiyang_security;
GRANT SELECT, INSERT, UPDATE ON base_limit TO yiyang_system, yiyang_security;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_followed"),
        ("base", "0005_limits"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_demo",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="must_change",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="password_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="session_version",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="user",
            name="version_why",
            field=models.CharField(
                choices=[
                    ("LEFT", "您已经退出"),
                    ("IDLE", "30 分钟没有操作，登录已结束"),
                    ("TOO_LONG", "这次登录的时间到了，要重新登录"),
                    ("ELSEWHERE", "您在另一台设备上登录了，这里的登录已结束"),
                    ("ENDED", "您在“我的登录设备”里结束了这里的登录"),
                    ("DISABLED", "这个账号已经停用"),
                    ("DUTY", "您的职责有变动，要重新登录"),
                    ("PASSWORD", "密码改过了，要用新密码重新登录"),
                    ("FACTOR", "登录验证方式改过了，要重新登录"),
                    ("STOLEN", "这次登录被换到另一种浏览器上用，为安全起见已经结束"),
                    ("CLOCK", "服务器的时间变了，要重新登录"),
                    ("CHANGED", "账号有变动，要重新登录"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Lock",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("login_key", models.BinaryField()),
                ("place_key", models.BinaryField()),
                ("failures", models.PositiveSmallIntegerField()),
                ("last_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("login_key", "place_key"), name="accounts_lock_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("credential_id", models.BinaryField(unique=True)),
                ("credential", models.BinaryField()),
                ("sign_count", models.BigIntegerField()),
                ("label", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "digest"), name="accounts_recovery_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("agent", models.TextField()),
                ("ip", models.GenericIPAddressField(null=True)),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("remembered", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("LEFT", "您已经退出"),
                            ("IDLE", "30 分钟没有操作，登录已结束"),
                            ("TOO_LONG", "这次登录的时间到了，要重新登录"),
                            ("ELSEWHERE", "您在另一台设备上登录了，这里的登录已结束"),
                            ("ENDED", "您在“我的登录设备”里结束了这里的登录"),
                            ("DISABLED", "这个账号已经停用"),
                            ("DUTY", "您的职责有变动，要重新登录"),
                            ("PASSWORD", "密码改过了，要用新密码重新登录"),
                            ("FACTOR", "登录验证方式改过了，要重新登录"),
                            ("STOLEN", "这次登录被换到另一种浏览器上用，为安全起见已经结束"),
                            ("CLOCK", "服务器的时间变了，要重新登录"),
                            ("CHANGED", "账号有变动，要重新登录"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-since"], name="accounts_session_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("why", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="accounts_session_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Totp",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("secret", models.TextField(null=True)),
                ("made_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_step", models.BigIntegerField(default=0)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=("user",),
                        name="accounts_totp_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at", None)),
                        fields=("user",),
                        name="accounts_totp_waiting",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
