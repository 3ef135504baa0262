"""What a call that names no benefit should be about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0002_rights")]
    operations = [
        migrations.AddField(
            model_name="application",
            name="about",
            field=models.JSONField(default=list),
        ),
    ]
