"""What machines ask: is the process up and does it reach its database."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evidence.models import EvidenceVersion


@require_safe
@never_cache
def healthz(request):
    """Answer "ok" once the database answers."""
    EvidenceVersion.objects.current_number()
    return HttpResponse("ok", content_type="text/plain")
