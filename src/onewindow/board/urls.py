"""The board's addresses."""

from django.urls import path

from onewindow.board import views

app_name = "board"
urlpatterns = [
    path("", views.home, name="home"),
    path("places/<str:where>", views.place, name="place"),
    path("cases", views.cases, name="cases"),
    path("overdue", views.overdue, name="overdue"),
    path("waits/<slug:kind>", views.waits, name="waits"),
    path("calendar", views.calendar, name="calendar"),
    path("catalogue", views.catalogue, name="catalogue"),
    path("jobs", views.jobs, name="jobs"),
    path("jobs/<int:id>/again", views.again, name="again"),
]
