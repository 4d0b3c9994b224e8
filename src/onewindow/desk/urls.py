"""The desk's addresses."""

from django.urls import path

from onewindow.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("find", views.find, name="find"),
    path("work/<str:scope>", views.work, name="work"),
    path("cases/<str:number>", views.case, name="case"),
    path("cases/<str:number>/next", views.after, name="next"),
    path("cases/<str:number>/unmask", views.unmask, name="unmask"),
    path("cases/<str:number>/papers/<int:paper>", views.paper, name="paper"),
    path("cases/<str:number>/accept", views.accept, name="accept"),
    path("cases/<str:number>/check", views.check, name="check"),
    path("cases/<str:number>/review", views.review, name="review"),
    path("cases/<str:number>/approve", views.approve, name="approve"),
    path("cases/<str:number>/refuse", views.refuse, name="refuse"),
    path("cases/<str:number>/make", views.make, name="make"),
    path("cases/<str:number>/deliver", views.deliver, name="deliver"),
    path("cases/<str:number>/conclude", views.conclude, name="conclude"),
]
