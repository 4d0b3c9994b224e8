"""Addresses under /api/v1."""

from django.urls import path

from onewindow.api.views import api

urlpatterns = [path("", api.urls)]
