"""Staff see the mandates of those whom they see; a phone becomes the account of whoever holds a mandate."""

from django.db import migrations

SEEN = "EXISTS (SELECT FROM people_person seen WHERE seen.id = person_id)"

SQL = f"""
CREATE POLICY scope ON accounts_mandate TO yiyang_app, yiyang_job USING ({SEEN}) WITH CHECK ({SEEN});

-- An older person is sent a code for her own number, and no role but the login sees another's.
GRANT SELECT, INSERT, UPDATE ON accounts_signincode TO yiyang_person;
ALTER TABLE accounts_signincode ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_signincode FORCE ROW LEVEL SECURITY;
CREATE POLICY entering ON accounts_signincode TO yiyang_web, yiyang_work USING (true) WITH CHECK (true);
CREATE POLICY own ON accounts_signincode TO yiyang_person
  USING (EXISTS (SELECT FROM people_person seen WHERE seen.phone_bidx = accounts_signincode.phone_bidx))
  WITH CHECK (EXISTS (SELECT FROM people_person seen WHERE seen.phone_bidx = accounts_signincode.phone_bidx));

-- Whoever gives a mandate names a phone and learns an account, and nothing of whose it is. A definer function.
CREATE FUNCTION people_holder_of_phone(new_id bigint, wanted bytea[], index bytea, sealed text, called text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE owners bigint[]; found bigint;
BEGIN
  SELECT array_agg(p.id) INTO owners FROM people_person p WHERE p.phone_bidx = ANY (wanted) AND p.died_on IS NULL;
  IF cardinality(owners) = 1 THEN
    INSERT INTO accounts_user (login, kind, name, password, is_active, person_id)
      VALUES ('person:' || owners[1], 'PERSON', '', '!', true, owners[1]) ON CONFLICT (person_id) DO NOTHING;
    SELECT u.id INTO found FROM accounts_user u WHERE u.person_id = owners[1];
    RETURN found;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('family'), hashtext(encode(index, 'hex')));
  SELECT u.id INTO found FROM accounts_user u WHERE u.phone_bidx = ANY (wanted) AND u.kind = 'FAMILY';
  IF found IS NULL THEN
    INSERT INTO accounts_user (id, login, kind, name, password, is_active, phone, phone_bidx)
      VALUES (new_id, 'family:' || new_id, 'FAMILY', called, '!', true, sealed, index);
    found := new_id;
  END IF;
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION people_holder_of_phone(bigint, bytea[], bytea, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_holder_of_phone(bigint, bytea[], bytea, text, text) TO yiyang_app, yiyang_person;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_one_record_rights"), ("accounts", "0008_mandate_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
