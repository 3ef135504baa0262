from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "yiyang.entitlements"
    label = "entitlements"
    verbose_name = "待遇"
