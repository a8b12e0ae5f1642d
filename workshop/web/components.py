"""GOV.UK Frontend's components for our templates, and the parameters that components/forms.html gives them."""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader, TemplateNotFound


class GovukComponents:
    """`govuk.button({...})`, `govuk.error_summary({...})` and so on, each returning safe markup.

    They ask for parameters that were not given, which our strict environment refuses: they have one of their own. Each
    is read when a template first asks for it, not at the start.
    """

    def __init__(self) -> None:
        self._lenient = Environment(
            loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
        )

    def __getattr__(self, name: str) -> Any:
        component = name.replace("_", "-")
        try:
            module = self._lenient.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
        except TemplateNotFound as missing:
            raise AttributeError(name) from missing
        macro = getattr(module, "govuk" + component.title().replace("-", ""))
        setattr(self, name, macro)
        return macro


def field_parameters() -> SimpleNamespace:
    """What forms.html makes parameters with, as `field.label(...)`."""
    return SimpleNamespace(typed=typed, label=label, legend=legend, text=text, error=error, options=options)


def typed(form: object, field: str) -> object:
    """What somebody typed into a field; nothing when there is no form yet. A field that the form lacks is an error."""
    if form is None:
        return ""
    value = form[field] if isinstance(form, Mapping) else getattr(form, field)
    return "" if value is None else value


def label(words: str, size: str, *, heading: bool) -> dict[str, object]:
    """A label's parameters; `size` is s, m, l or nothing."""
    return {"text": words, "classes": f"govuk-label--{size}" if size else "", "isPageHeading": heading}


def legend(words: str, size: str, *, heading: bool) -> dict[str, object]:
    """A legend's parameters; `size` is s, m, l or nothing."""
    return {"text": words, "classes": f"govuk-fieldset__legend--{size}" if size else "", "isPageHeading": heading}


def text(words: str) -> dict[str, object] | None:
    """A hint's, prefix's or suffix's parameters, or none of it."""
    return {"text": words} if words else None


def error(errors: Mapping[str, str] | None, field: str) -> dict[str, object] | None:
    """A field's error message, or none."""
    return text((errors or {}).get(field, ""))


def options(choices: Iterable[tuple[object, ...]]) -> list[dict[str, object]]:
    """Radios, checkboxes or options from (value, label) or (value, label, hint)."""
    return [
        {"value": str(value), "text": words, "hint": {"text": hint[0]} if hint and hint[0] else None}
        for value, words, *hint in choices
    ]
