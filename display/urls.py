from django.urls import path

from borsen.placeholder import inside

urlpatterns = [
    path("storskjerm/", inside, name="screen"),
    path("kontrollrom/", inside, name="control"),
]
