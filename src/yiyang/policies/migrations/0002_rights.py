"""The law is open to everybody; a draft is written by the branch it concerns."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"

SQL = f"""
GRANT SELECT ON policies_policydocument, policies_clause, policies_revision
  TO yiyang_app, yiyang_person, yiyang_provider, yiyang_job, yiyang_report;
GRANT INSERT, UPDATE ON policies_revision TO yiyang_app, yiyang_job;
GRANT INSERT, UPDATE ON policies_policydocument, policies_clause TO yiyang_job;
ALTER TABLE policies_revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE policies_revision FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON policies_revision FOR SELECT USING (true);
CREATE POLICY writing ON policies_revision FOR INSERT TO yiyang_app, yiyang_job WITH CHECK ({IN_SCOPE});
CREATE POLICY changing ON policies_revision FOR UPDATE TO yiyang_app, yiyang_job
  USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_first")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
