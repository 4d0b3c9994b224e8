from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "onewindow.payments"
    label = "payments"
