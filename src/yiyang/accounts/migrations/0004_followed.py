"""Every change of an account or a duty leaves a line; signing in alone is another one's."""

from django.db import migrations

SQL = """
SELECT base_audit_follow('accounts_user', 'account', 'id', 'login,kind,is_active', 'name', 'last_login');
SELECT base_audit_follow('accounts_duty', 'account', 'user_id', 'duty,prefix,since,until,granted_by_id');
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_powers"), ("base", "0009_followed_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
