from django.urls import path

from borsen.placeholder import inside

urlpatterns = [
    path("deltakere/", inside, name="participant.list"),
    path("deltakere/ny/", inside, name="participant.create"),
    path("deltakere/<int:pk>/", inside, name="participant.edit"),
]
