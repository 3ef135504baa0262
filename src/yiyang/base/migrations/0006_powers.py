"""The three powers leave traces like everybody; the auditor reads the own branch, and what names no place."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"

SQL = f"""
GRANT INSERT ON base_audit TO yiyang_system, yiyang_security;
GRANT INSERT, SELECT (number) ON base_outbox TO yiyang_system, yiyang_security;
GRANT USAGE ON SEQUENCE base_outbox_number TO yiyang_system, yiyang_security;
DROP POLICY auditors ON base_audit;
CREATE POLICY auditors ON base_audit FOR SELECT TO yiyang_audit
  USING ({LO} IS NOT NULL AND (division = '' OR ({IN_SCOPE})));
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0005_limits")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
