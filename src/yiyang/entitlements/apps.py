from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "yiyang.entitlements"
    label = "entitlements"
    verbose_name = "待遇"

    def ready(self) -> None:
        from yiyang.entitlements import handlers  # noqa: F401  # registers what this room hears
