from django.urls import path

from .views.book import agreement_list, agreement_show
from .views.broker import broker, broker_participants, broker_status
from .views.corrections import agreement_correct, agreement_restore, agreement_withdraw
from .views.registration import agreement_create
from .views.report import report, report_pdf

urlpatterns = [
    path("megler/", broker, name="broker"),
    path("megler/status/", broker_status, name="broker.status"),
    path("megler/deltakere/", broker_participants, name="broker.participants"),
    path("avtaler/", agreement_list, name="agreement.list"),
    path("avtaler/ny/", agreement_create, name="agreement.create"),
    path("avtaler/<int:number>/", agreement_show, name="agreement.show"),
    path("avtaler/<int:number>/rett/", agreement_correct, name="agreement.correct"),
    path("avtaler/<int:number>/trekk/", agreement_withdraw, name="agreement.withdraw"),
    path("avtaler/<int:number>/ta-tilbake/", agreement_restore, name="agreement.restore"),
    path("rapport/", report, name="report"),
    path("rapport.pdf", report_pdf, name="report.pdf"),
]
