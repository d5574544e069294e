"""How a form looks, in one place: templates/components/field.html and form.html."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every form field of the product as a Designsystemet field."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
