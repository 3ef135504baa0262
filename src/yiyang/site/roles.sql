-- The roles of the house. Run by a superuser of a PostgreSQL 15 or newer; idempotent; roles belong to the whole server.
-- yiyang_owner migrates and owns the tables; a group role says what one kind of person may do; a login role is what
-- a process signs in with. A login role has no right of its own: each transaction takes one group role by
-- set_config('role', …, true), and falls back to nothing when it ends. Migrations grant table by table to the groups.
-- Passwords or certificates of the login roles are the operator's (the embedded server needs none).
do $roles$
declare
  name text;
  membership record;
begin
  foreach name in array array['yiyang_app', 'yiyang_person', 'yiyang_provider', 'yiyang_job', 'yiyang_audit', 'yiyang_report',
                              'yiyang_system', 'yiyang_security', 'yiyang_owner', 'yiyang_web', 'yiyang_work'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I', name);
    end if;
  end loop;

  -- Groups: app = officials and community staff, person = older people and their families, provider = those who serve,
  -- job = background processes, report = reads aggregates. Three powers that nobody holds together: system = keeps
  -- accounts, security = keeps duties and answers alerts, audit = reads the access log.
  foreach name in array array['yiyang_app', 'yiyang_person', 'yiyang_provider', 'yiyang_job', 'yiyang_audit', 'yiyang_report',
                              'yiyang_system', 'yiyang_security'] loop
    execute format('alter role %I nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole', name);
  end loop;
  foreach name in array array['yiyang_web', 'yiyang_work'] loop
    execute format('alter role %I login noinherit nosuperuser nobypassrls nocreatedb nocreaterole', name);
  end loop;
  -- FORCE ROW LEVEL SECURITY would hide every row from the owner too: it migrates, and never serves a page.
  -- It inherits, because before 16 only so does it get the database owner's right on schema public.
  alter role yiyang_owner login inherit nosuperuser bypassrls createdb nocreaterole;

  for membership in
    select * from (values ('yiyang_app', 'yiyang_web'), ('yiyang_person', 'yiyang_web'), ('yiyang_provider', 'yiyang_web'),
                          ('yiyang_system', 'yiyang_web'), ('yiyang_security', 'yiyang_web'), ('yiyang_audit', 'yiyang_web'),
                          ('yiyang_job', 'yiyang_work'), ('yiyang_app', 'yiyang_work'), ('yiyang_person', 'yiyang_work'),
                          ('yiyang_system', 'yiyang_work'), ('yiyang_security', 'yiyang_work'), ('yiyang_audit', 'yiyang_work'))
                  as list (of_group, member)
  loop
    -- From 16 on NOINHERIT of the role is only a default; the membership itself decides.
    execute format('grant %I to %I', membership.of_group, membership.member)
            || case when current_setting('server_version_num')::int >= 160000 then ' with inherit false, set true' else '' end;
  end loop;
end
$roles$;
