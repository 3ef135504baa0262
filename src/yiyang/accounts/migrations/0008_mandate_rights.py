"""A mandate is read at sign-in; whom it concerns sees it by the policies that the room of people adds."""

from django.db import migrations

ALL = "yiyang_app, yiyang_person, yiyang_job"
OWN = "person_id = ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"

SQL = f"""
GRANT SELECT ON accounts_mandate TO {ALL};
GRANT SELECT (id, code, person_id, holder_id, rights, ends_on, ended_at) ON accounts_mandate TO yiyang_web, yiyang_work;
GRANT INSERT ON accounts_mandate TO yiyang_app, yiyang_person;
GRANT UPDATE (ended_at, ended_by_id, ended) ON accounts_mandate TO {ALL};
GRANT USAGE ON SEQUENCE accounts_mandate_id_seq, accounts_user_id_seq TO yiyang_app, yiyang_person;
-- Rotation of keys seals and indexes anew; it looks at row versions, and those are read by table only.
GRANT SELECT ON accounts_user TO yiyang_job;
GRANT UPDATE (phone, phone_bidx) ON accounts_user TO yiyang_job;
GRANT UPDATE (evidence) ON accounts_mandate TO yiyang_job;

ALTER TABLE accounts_mandate ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_mandate FORCE ROW LEVEL SECURITY;
CREATE POLICY entering ON accounts_mandate FOR SELECT TO yiyang_web, yiyang_work USING (true);
CREATE POLICY own ON accounts_mandate TO yiyang_person USING ({OWN}) WITH CHECK ({OWN});
SELECT base_audit_follow('accounts_mandate', 'person', 'person_id', 'holder_id,rights,ends_on,way,ended');
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_mandates"), ("base", "0009_followed_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
