"""What may be typed on the elder pages: read as tolerantly as can be, faults said in words."""

from __future__ import annotations

from django import forms

from yiyang.engine import identifying, reading
from yiyang.faces.elder import faults, words

LONGEST_TYPED = 200


class Typed(forms.Form):
    """A form that gives back one fault in words, or none."""

    def fault(self) -> str:
        """The first thing to repair; empty when all is well."""
        found = [text for texts in self.errors.values() for text in texts]
        return str(found[0]) if found else ""


class PhoneForm(Typed):
    """A phone number: spaces, hyphens, full-width digits, numerals and the country code are all read."""

    phone = forms.CharField(required=False, strip=False)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"][:LONGEST_TYPED]
        digits = identifying.normal_phone(reading.digits_only(typed))
        if fault := faults.phone_fault(digits, typed):
            raise forms.ValidationError(fault)
        return digits


class CodeForm(Typed):
    """The six digits."""

    code = forms.CharField(required=False, strip=False)

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"][:LONGEST_TYPED]
        digits = reading.digits_only(typed)
        if fault := faults.code_fault(digits, typed):
            raise forms.ValidationError(fault)
        return digits


class DisagreeForm(Typed):
    """What she disagrees with, and her own words if she likes."""

    matter = forms.ChoiceField(choices=list(words.DISAGREEMENTS.items()))
    by = forms.CharField(required=False)
    words = forms.CharField(required=False)

    def clean_words(self) -> str:
        written: str = self.cleaned_data["words"]
        if fault := faults.words_fault(len(written)):
            raise forms.ValidationError(fault)
        return written
