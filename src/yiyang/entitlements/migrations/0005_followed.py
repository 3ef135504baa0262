"""Every change of a receipt, an application or an appeal leaves a line."""

from django.db import migrations

SQL = """
SELECT base_audit_follow('entitlements_receipt', 'person', 'person_id', 'benefit,since,until,source');
SELECT base_audit_follow('entitlements_application', 'person', 'person_id', 'benefit,state,call_by');
SELECT base_audit_follow('entitlements_appeal', 'person', 'person_id', 'benefit,state,answer_by,answered_by_id');
"""


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0004_pulse"), ("base", "0009_followed_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
