"""The least a Django view can do to keep something: no middleware, one address, one row, one transaction. What ours is held to.

Its database and pool are the office's own, because the settings are. Started by granian as `bench.web.bare:application`.
"""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from pasti.config.settings import DATABASES

settings.configure(DATABASES=DATABASES, ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["127.0.0.1"], USE_TZ=True)
django.setup()


class Row(models.Model):
    """As many bytes as a submission writes."""

    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bench"
        db_table = "bench_row"


def insert(request: HttpRequest) -> HttpResponse:
    """Keep the body of the request; 201."""
    body = request.body.decode()
    with transaction.atomic():
        Row.objects.create(body=body)
    return HttpResponse(status=201, headers={"Content-Length": "0"})


urlpatterns = [path("", insert)]
application = get_wsgi_application()
