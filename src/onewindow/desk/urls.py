"""The desk's addresses."""

from django.urls import path

from onewindow.desk import fees, views

app_name = "desk"
urlpatterns = [
    path("fees/", fees.fees, name="fees"),
    path("fees/close", fees.close, name="fees-close"),
    path("fees/reopen", fees.reopen, name="fees-reopen"),
    path("fees/<str:number>", fees.charge, name="fee"),
    path("fees/<str:number>/take", fees.take, name="fee-take"),
    path("fees/<str:number>/count", fees.count, name="fee-count"),
    path("fees/<str:number>/waive", fees.waive, name="fee-waive"),
    path("fees/<str:number>/void", fees.void, name="fee-void"),
    path("fees/<str:number>/refund", fees.refund, name="fee-refund"),
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
    path("cases/<str:number>/send-back", views.send_back, name="send-back"),
    path("cases/<str:number>/supplement", views.supplement, name="supplement"),
    path("cases/<str:number>/mend", views.mend, name="mend"),
    path("cases/<str:number>/decline", views.decline, name="decline"),
    path("cases/<str:number>/pause", views.pause, name="pause"),
    path("cases/<str:number>/resume", views.resume, name="resume"),
    path("cases/<str:number>/extend", views.extend, name="extend"),
    path("cases/<str:number>/offer-hearing", views.offer_hearing, name="offer-hearing"),
    path("cases/<str:number>/rectify", views.rectify, name="rectify"),
    path("cases/<str:number>/reopen", views.reopen, name="reopen"),
    path("cases/<str:number>/revoke", views.revoke, name="revoke"),
    path("cases/<str:number>/claim", views.claim, name="claim"),
    path("cases/<str:number>/hand-over", views.hand_over, name="hand-over"),
]
