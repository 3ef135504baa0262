"""Codes belong to the login roles; the rest to whoever may see the person; attempts are append-only."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"
OWN = "person_id = ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"
SEEN = "EXISTS (SELECT FROM notices_notice seen WHERE seen.id = notice_id)"
ALL = "yiyang_web, yiyang_work, yiyang_app, yiyang_person, yiyang_job"

SQL = f"""
GRANT USAGE ON SEQUENCE notices_notice_id_seq TO {ALL};
GRANT SELECT, INSERT ON notices_notice TO {ALL};
GRANT UPDATE ON notices_notice TO yiyang_web, yiyang_work, yiyang_job;
GRANT UPDATE (read_at) ON notices_notice TO yiyang_person;
GRANT INSERT ON notices_delivery TO {ALL};
GRANT SELECT ON notices_delivery TO yiyang_app, yiyang_job;

ALTER TABLE notices_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY codes ON notices_notice TO yiyang_web, yiyang_work USING (urgent) WITH CHECK (urgent);
CREATE POLICY scope ON notices_notice TO yiyang_app USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
CREATE POLICY own ON notices_notice TO yiyang_person USING ({OWN}) WITH CHECK ({OWN});
-- A code belongs to no place: nobody is known yet.
CREATE POLICY carrying ON notices_notice TO yiyang_job
  USING (({IN_SCOPE}) OR division = '') WITH CHECK (({IN_SCOPE}) OR division = '');

ALTER TABLE notices_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON notices_delivery FOR SELECT TO yiyang_app, yiyang_job USING ({SEEN});
CREATE POLICY adding ON notices_delivery FOR INSERT TO {ALL} WITH CHECK ({SEEN});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON notices_delivery
  FOR EACH ROW EXECUTE FUNCTION base_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON notices_delivery
  FOR EACH STATEMENT EXECUTE FUNCTION base_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_first"), ("base", "0002_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
