"""The root of all addresses: each face under its own."""

from django.urls import include, path

handler400 = "onewindow.config.errors.bad_request"
handler403 = "onewindow.config.errors.denied"
handler404 = "onewindow.config.errors.not_found"
handler500 = "onewindow.config.errors.failed"

urlpatterns = [
    path("desk/", include("onewindow.desk.urls")),
    path("board/", include("onewindow.board.urls")),
    path("api/v1/", include("onewindow.api.urls")),
    path("", include("onewindow.portal.urls")),
]
