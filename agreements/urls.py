from django.urls import path

from .views.book import agreement_list, agreement_show
from .views.broker import (
    broker,
    broker_help,
    broker_market,
    broker_participants,
    broker_status,
    broker_take_back,
)
from .views.case import report_case
from .views.copies import agreement_copies
from .views.corrections import agreement_correct, agreement_meets
from .views.exports import report_csv, report_table, report_xlsx
from .views.moving import moving, moving_file, moving_return, moving_take_back, report_json
from .views.own_agreements import own_agreement_page
from .views.paper import paper, paper_undo
from .views.receipts import receipt, receipt_calendar
from .views.registration import agreement_create
from .views.report import picture_png, picture_svg, report
from .views.report_pdf import report_internal_pdf, report_pdf
from .views.sheets import agreement_form, agreement_forms, blank_forms
from .views.stars import agreement_star
from .views.withdrawing import (
    agreement_hold_back,
    agreement_restore,
    agreement_review,
    agreement_show_again,
    agreement_withdraw,
)

urlpatterns = [
    path("megler/", broker, name="broker"),
    path("megler/status/", broker_status, name="broker.status"),
    path("megler/deltakere/", broker_participants, name="broker.participants"),
    path("megler/marked/", broker_market, name="broker.market"),
    path("megler/hjelp/", broker_help, name="broker.help"),
    path("megler/venter/<uuid:key>/ta-tilbake/", broker_take_back, name="broker.take_back"),
    path("avtaler/", agreement_list, name="agreement.list"),
    path("avtaler/ny/", agreement_create, name="agreement.create"),
    path("avtaler/avtaleskjemaer.pdf", agreement_forms, name="agreement.forms"),
    path("avtaler/blanke-skjemaer.pdf", blank_forms, name="agreement.blank_forms"),
    path("avtaler/papir/", paper, name="paper"),
    path("avtaler/papir/<int:number>/angre/", paper_undo, name="paper.undo"),
    path("avtaler/<int:number>/avtaleskjema.pdf", agreement_form, name="agreement.form"),
    path("avtaler/<int:number>/", agreement_show, name="agreement.show"),
    path("avtaler/<int:number>/rett/", agreement_correct, name="agreement.correct"),
    path("avtaler/<int:number>/dekker/", agreement_meets, name="agreement.meets"),
    path("avtaler/<int:number>/stjerne/", agreement_star, name="agreement.star"),
    path("avtaler/<int:number>/trekk/", agreement_withdraw, name="agreement.withdraw"),
    path("avtaler/<int:number>/ta-tilbake/", agreement_restore, name="agreement.restore"),
    path("avtaler/<int:number>/vis-igjen/", agreement_show_again, name="agreement.show_again"),
    path("avtaler/<int:number>/i-orden/", agreement_review, name="agreement.review"),
    path("avtaler/<int:number>/se-pa-igjen/", agreement_hold_back, name="agreement.hold_back"),
    path("avtaler/<int:number>/kopi/", agreement_copies, name="agreement.copies"),
    path("kvittering/<word:token>/", receipt, name="receipt"),
    path("kvittering/<word:token>/forste-kontakt.ics", receipt_calendar, name="receipt.calendar"),
    path("min-side/avtaler/<int:number>/", own_agreement_page, name="own_page.agreement"),
    path("rapport/", report, name="report"),
    path("rapport/saksfremlegg/", report_case, name="report.case"),
    path("rapport.pdf", report_pdf, name="report.pdf"),
    path("rapport-intern.pdf", report_internal_pdf, name="report.internal.pdf"),
    path("rapport/figur/<slug:name>.png", picture_png, name="picture.png"),
    path("rapport/figur/<slug:name>.svg", picture_svg, name="picture.svg"),
    path("rapport.xlsx", report_xlsx, name="report.xlsx"),
    path("rapport.csv", report_csv, name="report.csv"),
    path("rapport/<slug:table>.csv", report_table, name="report.table"),
    path("rapport.json", report_json, name="report.json"),
    path("flytt/", moving, name="moving"),
    path("flytt/fil/", moving_file, name="moving.file"),
    path("flytt/les-inn/", moving_return, name="moving.return"),
    path("flytt/ta-tilbake/", moving_take_back, name="moving.take_back"),
]
