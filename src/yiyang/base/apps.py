from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "yiyang.base"
    label = "base"
    verbose_name = "底座"
