"""Two more sources."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_rights"),
    ]

    operations = [
        migrations.AlterField(
            model_name="batch",
            name="source",
            field=models.CharField(
                choices=[
                    ("CIVIL_AFFAIRS", "民政部门"),
                    ("DISABLED_PERSONS_FEDERATION", "残联"),
                    ("MEDICAL_INSURANCE", "医保部门"),
                    ("HUMAN_RESOURCES", "人社部门"),
                    ("HEALTH", "卫生健康部门"),
                    ("PUBLIC_SECURITY", "公安部门"),
                    ("COMMUNITY", "社区走访"),
                    ("ASSESSMENT", "能力评估"),
                    ("FAMILY", "本人或家属"),
                    ("INSTITUTION", "医院或养老机构"),
                    ("SYNTHETIC", "模拟数据"),
                ],
                max_length=32,
            ),
        ),
        migrations.AlterField(
            model_name="feed",
            name="source",
            field=models.CharField(
                choices=[
                    ("CIVIL_AFFAIRS", "民政部门"),
                    ("DISABLED_PERSONS_FEDERATION", "残联"),
                    ("MEDICAL_INSURANCE", "医保部门"),
                    ("HUMAN_RESOURCES", "人社部门"),
                    ("HEALTH", "卫生健康部门"),
                    ("PUBLIC_SECURITY", "公安部门"),
                    ("COMMUNITY", "社区走访"),
                    ("ASSESSMENT", "能力评估"),
                    ("FAMILY", "本人或家属"),
                    ("INSTITUTION", "医院或养老机构"),
                    ("SYNTHETIC", "模拟数据"),
                ],
                max_length=32,
            ),
        ),
        migrations.AlterField(
            model_name="origin",
            name="source",
            field=models.CharField(
                choices=[
                    ("CIVIL_AFFAIRS", "民政部门"),
                    ("DISABLED_PERSONS_FEDERATION", "残联"),
                    ("MEDICAL_INSURANCE", "医保部门"),
                    ("HUMAN_RESOURCES", "人社部门"),
                    ("HEALTH", "卫生健康部门"),
                    ("PUBLIC_SECURITY", "公安部门"),
                    ("COMMUNITY", "社区走访"),
                    ("ASSESSMENT", "能力评估"),
                    ("FAMILY", "本人或家属"),
                    ("INSTITUTION", "医院或养老机构"),
                    ("SYNTHETIC", "模拟数据"),
                ],
                max_length=32,
            ),
        ),
    ]
