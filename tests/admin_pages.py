"""Where the admin's pages are, and what a browser would send from their forms."""

from django.urls import reverse


def address(row_or_model, page, *arguments):
    """Return the admin's address of a page about a model or a row."""
    return reverse(f"admin:evidence_{row_or_model._meta.model_name}_{page}", args=arguments)


def posted(response):
    """Return what is sent if the form on this page is submitted untouched."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif isinstance(value, str):
                # Browsers send the lines of a text so.
                data[field.html_name] = value.replace("\n", "\r\n")
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data
