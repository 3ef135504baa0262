"""Old codes go; secrets of authenticator apps are sealed again by the role that rotates keys."""

from django.db import migrations

SQL = """
GRANT DELETE ON accounts_signincode TO yiyang_work;
GRANT SELECT, UPDATE (secret) ON accounts_totp TO yiyang_job;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_sessions")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
