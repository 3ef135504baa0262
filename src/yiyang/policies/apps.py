from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "yiyang.policies"
    label = "policies"
    verbose_name = "政策"
