"""Sign-in tables belong to the login roles; a name is all that pages may see of an account."""

from django.db import migrations

SQL = """
GRANT SELECT, UPDATE ON accounts_user TO yiyang_web, yiyang_work;
GRANT INSERT ON accounts_user TO yiyang_work;
GRANT SELECT ON accounts_duty TO yiyang_web, yiyang_work;
GRANT INSERT, UPDATE ON accounts_duty TO yiyang_work;
GRANT SELECT, INSERT, UPDATE ON accounts_signincode TO yiyang_web, yiyang_work;
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO yiyang_web, yiyang_work;
GRANT SELECT (id, name) ON accounts_user TO yiyang_app, yiyang_person, yiyang_job;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first"), ("sessions", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
