"""The log under seal: columns for where from, the gate, the seals, and the alerts that the log raises."""

from django.db import migrations, models

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"

LOG = """
-- Whoever writes a line need not know where the request came from: the transaction was told.
ALTER TABLE base_audit ALTER COLUMN ip SET DEFAULT coalesce(current_setting('app.ip', true), '');
ALTER TABLE base_audit ALTER COLUMN request_id SET DEFAULT nullif(current_setting('app.request', true), '')::uuid;

-- The gate. A statement trigger fires before any id is drawn, so whoever may still add below the newest line
-- holds this lock, and whoever seals can wait for exactly them (base/chain.py names the same two numbers).
CREATE FUNCTION base_audit_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7700, 1);
  RETURN NULL;
END $$;
CREATE TRIGGER gate BEFORE INSERT ON base_audit FOR EACH STATEMENT EXECUTE FUNCTION base_audit_gate();

CREATE INDEX base_audit_watched ON base_audit (action, actor, at)
  WHERE action IN ('revealed', 'phone_shown', 'searched', 'refused', 'sign_in_failed');
CREATE POLICY sealing ON base_audit FOR SELECT TO yiyang_job USING (true);
GRANT SELECT ON base_audit TO yiyang_job;
"""

SEALS = """
GRANT SELECT, INSERT ON base_auditseal TO yiyang_job;
GRANT SELECT ON base_auditseal TO yiyang_audit;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON base_auditseal
  FOR EACH ROW EXECUTE FUNCTION base_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON base_auditseal
  FOR EACH STATEMENT EXECUTE FUNCTION base_append_only();
"""

ALERTS = f"""
GRANT SELECT, UPDATE (state, note, answered_by, answered_at) ON base_alert TO yiyang_security;
GRANT SELECT ON base_alert TO yiyang_audit;
GRANT SELECT, INSERT ON base_alert TO yiyang_job;
GRANT SELECT, INSERT, UPDATE ON base_limit TO yiyang_system, yiyang_security;
ALTER TABLE base_alert ENABLE ROW LEVEL SECURITY;
ALTER TABLE base_alert FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON base_alert TO yiyang_security, yiyang_audit
  USING ({LO} IS NOT NULL AND (division = '' OR ({IN_SCOPE})));
CREATE POLICY counting ON base_alert FOR SELECT TO yiyang_job USING (true);
CREATE POLICY raising ON base_alert FOR INSERT TO yiyang_job WITH CHECK (true);

-- Whoever acts may not read the log. This counts the acts of the one who acts just now, and raises the alert
-- of the hour when they are more than the rule allows; the number comes back and nothing else.
CREATE FUNCTION base_watch(
  wanted text, whose text, whose_name text, of_action text, moment timestamptz, within interval, most integer
) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  seen integer;
  first timestamptz;
BEGIN
  SELECT count(*), min(at) INTO seen, first FROM base_audit
   WHERE action = of_action AND actor = whose AND at > moment - within
     AND action IN ('revealed', 'phone_shown', 'searched', 'refused', 'sign_in_failed');
  IF seen > most THEN
    INSERT INTO base_alert AS kept (kind, actor, actor_name, division, hour, since, last_at, count, state, note, answered_by)
      VALUES (wanted, whose, whose_name, rpad(coalesce(current_setting('app.lo', true), ''),
                CASE WHEN coalesce(current_setting('app.lo', true), '') ~ '^[0-9]{{2,12}}$' THEN 12 ELSE 0 END, '0'),
              date_trunc('hour', moment), first, moment, seen, 'NEW', '', '')
    ON CONFLICT (kind, actor, hour) DO UPDATE SET count = greatest(kept.count, excluded.count), last_at = excluded.last_at;
  END IF;
  RETURN seen;
END $$;
REVOKE ALL ON FUNCTION base_watch(text, text, text, text, timestamptz, interval, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base_watch(text, text, text, text, timestamptz, interval, integer)
  TO yiyang_app, yiyang_person, yiyang_provider, yiyang_job, yiyang_audit, yiyang_system, yiyang_security,
     yiyang_web, yiyang_work;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0007_pulse")]
    operations = [
        migrations.AddField(model_name="auditentry", name="ip", field=models.TextField(default="")),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["actor", "-id"], name="base_audit_actor"),
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("no", models.BigIntegerField(primary_key=True, serialize=False)),
                ("from_id", models.BigIntegerField()),
                ("to_id", models.BigIntegerField(unique=True)),
                ("n", models.PositiveIntegerField()),
                ("prev", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("leaves", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
            options={"db_table": "base_auditseal"},
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("actor", models.TextField()),
                ("actor_name", models.TextField(default="")),
                ("division", models.TextField(db_collation="C", default="")),
                ("hour", models.DateTimeField()),
                ("since", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("NEW", "还没看"), ("SEEN", "看过，在问"), ("ANSWERED", "有答复")],
                        default="NEW",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(default="")),
                ("answered_by", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "base_alert",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "actor", "hour"), name="base_alert_once")
                ],
            },
        ),
        migrations.RunSQL(LOG, migrations.RunSQL.noop),
        migrations.RunSQL(SEALS, migrations.RunSQL.noop),
        migrations.RunSQL(ALERTS, migrations.RunSQL.noop),
    ]
