"""Three powers with a role each: who keeps accounts, who keeps duties, who reads the log; never in one hand."""

from django.db import migrations

SQL = """
-- The system administrator keeps accounts and may not see, let alone give, duties.
GRANT SELECT, INSERT, UPDATE ON accounts_user TO yiyang_system;
-- The security officer gives duties to accounts that somebody else opened.
GRANT SELECT (id, login, kind, name, is_active, last_login) ON accounts_user TO yiyang_security;
GRANT SELECT, INSERT, UPDATE ON accounts_duty TO yiyang_security;
GRANT SELECT (id, name) ON accounts_user TO yiyang_audit;

-- A power beside any other duty at the same time: refused here too, whoever writes the row.
CREATE FUNCTION accounts_powers_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  powers CONSTANT text[] := ARRAY['system_admin', 'security_officer', 'auditor'];
BEGIN
  IF EXISTS (SELECT FROM accounts_duty d
              WHERE d.user_id = NEW.user_id AND d.id <> NEW.id AND d.duty <> NEW.duty
                AND d.since < NEW.until AND d.until > NEW.since
                AND (d.duty = ANY (powers) OR NEW.duty = ANY (powers))) THEN
    RAISE EXCEPTION 'duty % beside another one of the same account', NEW.duty USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER powers_apart BEFORE INSERT OR UPDATE ON accounts_duty
  FOR EACH ROW EXECUTE FUNCTION accounts_powers_apart();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
