from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yiyang.notices"
    label = "notices"
    verbose_name = "通知"
