from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "onewindow.look"
    label = "look"
