"""Where the message gateway tells of SMS and WhatsApp (51.6.2.e, 51.6.2.f)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pasti.actions.message_gateway import Refused, hear


@csrf_exempt  # the gateway proves itself by its signature, and has no session
@require_POST
def gateway(request: HttpRequest) -> HttpResponse:
    """One signed event: 200 once it is kept; what cannot be taken is answered by its status and why."""
    try:
        hear(request.headers, request.body, at=timezone.now())
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=refused.status)
    return JsonResponse({"status": "ok"})
