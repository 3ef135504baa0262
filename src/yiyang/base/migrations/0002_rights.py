"""Who may write the outbox and the audit; the audit is append-only."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"

SQL = f"""
GRANT SELECT ON django_migrations TO yiyang_web, yiyang_work;
GRANT INSERT ON base_outbox TO yiyang_app, yiyang_person, yiyang_provider, yiyang_job;
GRANT SELECT, UPDATE ON base_outbox TO yiyang_app, yiyang_job;
GRANT SELECT, INSERT ON base_heard TO yiyang_app, yiyang_job;

GRANT INSERT ON base_audit TO yiyang_app, yiyang_person, yiyang_provider, yiyang_job, yiyang_audit, yiyang_web, yiyang_work;
GRANT SELECT ON base_audit TO yiyang_app, yiyang_audit;
ALTER TABLE base_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE base_audit FORCE ROW LEVEL SECURITY;
CREATE POLICY adding ON base_audit FOR INSERT WITH CHECK (true);
CREATE POLICY scope ON base_audit FOR SELECT TO yiyang_app USING ({IN_SCOPE});
CREATE POLICY auditors ON base_audit FOR SELECT TO yiyang_audit USING (true);

CREATE FUNCTION base_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON base_audit FOR EACH ROW EXECUTE FUNCTION base_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON base_audit FOR EACH STATEMENT EXECUTE FUNCTION base_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0001_first")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
