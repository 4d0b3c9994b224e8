"""The addresses of the portal (办事大厅)."""

from django.urls import path

from onewindow.portal.views import acting, apply, ask, correct, days, find, letters, mine, mydata, session

app_name = "portal"
urlpatterns = [
    path("", find.home, name="home"),
    path("find", find.find, name="find"),
    path("items/", find.items, name="items"),
    path("items/<slug:code>", find.item, name="item"),
    path("items/<slug:code>/ask", ask.ask, name="ask"),
    path("items/<slug:code>/begin", ask.begin, name="begin"),
    path("apply/<str:draft>/form", apply.form, name="form"),
    path("apply/<str:draft>/papers", apply.papers, name="papers"),
    path("apply/<str:draft>/papers/<str:paper>/shown", apply.paper, name="draft-paper"),
    path("apply/<str:draft>/check", apply.check, name="check"),
    path("apply/<str:draft>/discard", apply.discard, name="discard"),
    path("cases", mine.cases, name="cases"),
    path("cases/<str:number>", mine.case, name="case"),
    path("cases/<str:number>/receipt", mine.receipt, name="receipt"),
    path("cases/<str:number>/correct", correct.correct, name="correct"),
    path("cases/<str:number>/answered", correct.answered, name="answered"),
    path("cases/<str:number>/letters/<int:seq>/<slug:kind>/<slug:language>", letters.letter, name="letter"),
    path("cases/<str:number>/withdraw", mine.withdraw, name="withdraw"),
    path("cases/<str:number>/papers/<int:paper>", mine.paper, name="paper"),
    path("inbox", mine.inbox, name="inbox"),
    path("my/deadlines", days.deadlines, name="deadlines"),
    path("my/deadlines.ics", days.calendar, name="deadlines-ics"),
    path("cases/<str:number>/deadlines.ics", days.case_calendar, name="case-ics"),
    path("my/", mydata.mine, name="mine"),
    path("reads", mydata.reads, name="reads"),
    path("my/messages", mydata.preferences, name="preferences"),
    path("my/data", mydata.export, name="export"),
    path("my/erase", mydata.erase, name="erase"),
    path("my/erase/<int:seq>", mydata.erased, name="erased"),
    path("sign-in", session.sign_in, name="sign-in"),
    path("sign-in/staff", session.staff_sign_in, name="staff-sign-in"),
    path("enrol/<str:link>", session.enrol, name="enrol"),
    path("sign-out", session.sign_out, name="sign-out"),
    path("acting", acting.acting, name="acting"),
    path("choose", session.choose, name="choose"),
    path("verify", letters.verify, name="verify"),
    path("accessibility", find.accessibility, name="accessibility"),
    path("styleguide", find.styleguide, name="styleguide"),
]
