"""Boxes to tick on paper: what is known is ticked, word for word; nothing else is."""

from desktop.documents.form import Choice, Form
from desktop.documents.plain_values import Values, value_at

TICKED, OPEN = "☑", "□"


def with_choices(form: Form, values: Values) -> Values:
    """The values, and under `choices` the text of each choice and under `options` the switches of the form."""
    return {**values, "options": form.options, "choices": {name: choice_text(choice, values) for name, choice in form.choices.items()}}


def choice_text(choice: Choice, values: Values) -> str:
    """All options with their boxes; what was chosen beyond them stands after the last."""
    chosen = value_at(choice.chosen, values) if choice.chosen else None
    wanted = [chosen] if isinstance(chosen, str) else list(chosen or ())
    parts = [f"{TICKED if option in wanted else OPEN}{option}" for option in choice.options]
    if choice.other:
        rest = [text for text in wanted if text and text not in choice.options]
        parts.append(f"{TICKED if rest else OPEN}{choice.other}{'；'.join(rest) or '＿＿＿＿＿＿'}")
    return choice.between.join(parts)
