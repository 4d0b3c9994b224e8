from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "onewindow.board"
    label = "board"
