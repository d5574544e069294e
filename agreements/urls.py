from django.urls import path

from borsen.placeholder import inside

urlpatterns = [
    path("megler/", inside, name="broker"),
    path("avtaler/", inside, name="agreement.list"),
    path("avtaler/<int:number>/", inside, name="agreement.show"),
    path("rapport/", inside, name="report"),
]
