"""The forms of the log-in: a code, read the way people type it."""

from django import forms


class CodeForm(forms.Form):
    """Asks for one code; `check` takes it and returns (device, None) or (None, why not)."""

    code = forms.CharField(max_length=20)

    def __init__(self, check, *args, is_recovery=False, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.check = check
        self.device = None
        self.is_wrong = False
        field = self.fields["code"]
        field.label = "Recovery code" if is_recovery else "Code from your authenticator app"
        field.widget.attrs |= {
            "autocomplete": "off" if is_recovery else "one-time-code",
            "inputmode": "text" if is_recovery else "numeric",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }

    def clean_code(self):
        """Take the code, or say why not."""
        code = self.cleaned_data["code"]
        self.device, refusal = self.check(code)
        if refusal:
            self.is_wrong = refusal.is_wrong
            raise forms.ValidationError(refusal.why)
        return code
