"""Leads and attempts belong to the branch where the person lives."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"
SEEN = "EXISTS (SELECT FROM people_person seen WHERE seen.id = person_id)"

SQL = f"""
GRANT SELECT, INSERT, UPDATE ON outreach_lead, outreach_contactattempt, outreach_contactattempt_leads
  TO yiyang_app, yiyang_job;
ALTER TABLE outreach_lead ENABLE ROW LEVEL SECURITY;
ALTER TABLE outreach_lead FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON outreach_lead TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
ALTER TABLE outreach_contactattempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE outreach_contactattempt FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON outreach_contactattempt TO yiyang_app, yiyang_job
  USING (({IN_SCOPE}) OR {SEEN}) WITH CHECK ({IN_SCOPE});
ALTER TABLE outreach_contactattempt_leads ENABLE ROW LEVEL SECURITY;
ALTER TABLE outreach_contactattempt_leads FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON outreach_contactattempt_leads TO yiyang_app, yiyang_job
  USING (EXISTS (SELECT FROM outreach_contactattempt a WHERE a.id = contactattempt_id))
  WITH CHECK (EXISTS (SELECT FROM outreach_contactattempt a WHERE a.id = contactattempt_id));
"""


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_first"), ("people", "0002_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
