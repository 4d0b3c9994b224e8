from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "onewindow.notices"
    label = "notices"
