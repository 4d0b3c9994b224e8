from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "onewindow.jobs"
    label = "jobs"

    def ready(self) -> None:
        from onewindow.jobs import listeners  # the registry fills when the process starts

        listeners.register()
