"""What of Jinja2 a form may use: values, conditions, loops, a few filters. Nothing reaches into Python and nothing runs for ever.

Jinja2's own sandbox still lets a template build a text of any length (`{% set x = x ~ x %}`, `"a" * 10**10`, `|center(10**9)`), so
only the parts of the language that are listed here are let through, and loops and output are counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from desktop.documents.plain_values import MAX_OUTPUT, STEPS, Steps, Values, WordingError, text_of

_MAX_RANGE = 1000
_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.If, nodes.For),
    *(nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test, nodes.Add, nodes.Sub),
    *(nodes.Neg, nodes.Concat, nodes.List, nodes.Tuple, nodes.Call),
)
_TESTS = frozenset({"defined", "none", "odd", "even"})
_LOOP = frozenset({"index", "index0", "first", "last", "length"})


class _TooMuch(Exception):
    """A text grew beyond `MAX_OUTPUT`; told as a WordingError."""


def rendered(template: str, values: Values, blank: str) -> str:
    """The template with its values. Raises WordingError for a mistake, a reach into Python, an endless loop, too long a text."""
    made = compiled(template, blank)
    try:
        return _limited(made.generate({STEPS: Steps(), **values}))
    except WordingError as error:
        raise WordingError(template, error.reason) from error
    except _TooMuch as error:
        raise WordingError(template, "生成的文字太长") from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise WordingError(template, str(error)) from error


@cache
def compiled(template: str, blank: str) -> Template:
    """The template, ready to be rendered. Raises WordingError if it cannot be read or uses what no form may."""
    environment = _Sandbox(undefined=StrictUndefined, finalize=partial(text_of, blank=blank), autoescape=False)
    environment.filters = dict(_FILTERS)
    environment.globals = {"range": _range}
    try:
        tree = environment.parse(template)
        _check(tree)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        return environment.from_string(tree)
    except (TemplateError, RecursionError, ArithmeticError, TypeError, ValueError) as error:
        raise WordingError(template, str(error)) from error


class _Sandbox(ImmutableSandboxedEnvironment):
    """Names after a dot are keys of mappings, never attributes of Python's objects; only a loop has some of its own."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        found = isinstance(obj, Mapping) and isinstance(argument, str) and not argument.startswith("_")
        if (found and argument in obj) or (isinstance(obj, (list, tuple)) and isinstance(argument, int)):
            return obj[argument]
        return self.undefined(f"没有“{argument}”这个值")


def _check(tree: nodes.Node) -> None:
    """Raise TypeError for what no form may use."""
    for node in [tree, *tree.find_all(nodes.Node)]:
        if not isinstance(node, _NODES):
            raise TypeError(f"样式中不能用{type(node).__name__}")
        if isinstance(node, nodes.Name) and node.name.startswith("_"):
            raise TypeError(f"没有“{node.name}”这个值")
        known = _FILTERS if isinstance(node, nodes.Filter) else _TESTS
        if isinstance(node, (nodes.Filter, nodes.Test)) and node.name not in known:
            raise TypeError(f"样式中不能用“{node.name}”")
        if isinstance(node, nodes.Call) and not (isinstance(node.node, nodes.Name) and node.node.name == "range"):
            raise TypeError("样式中不能调用函数")
        if isinstance(node, nodes.For) and node.recursive:
            raise TypeError("样式中的循环不能递归")


def _limited(pieces: Iterable[str]) -> str:
    made, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_OUTPUT:
            raise _TooMuch
        made.append(piece)
    return "".join(made)


def _range(*limits: int) -> range:
    numbers = range(*limits)
    if len(numbers) > _MAX_RANGE:
        raise ValueError(f"range()最多{_MAX_RANGE}次")
    return numbers


@pass_context
def _counted(context: Context, items: Iterable[Any]) -> Iterator[Any]:
    """The items of a loop, each of which takes a step."""
    if isinstance(items, (str, Mapping)):
        raise TypeError("只能重复列表中的各项")
    steps: Steps = context[STEPS]
    for item in items:
        steps.take("")
        yield item


def _join(items: Iterable[Any], between: str = "") -> str:
    parts = [text_of(item, "") for item in items]
    if sum(map(len, parts)) + len(parts) * len(between) > MAX_OUTPUT:
        raise _TooMuch
    return between.join(parts)


def _replace(text: str, old: str, new: str) -> str:
    if not old or len(text) + text.count(old) * len(new) > MAX_OUTPUT:
        raise _TooMuch
    return text.replace(old, new)


def _default(value: Any, other: str = "") -> Any:
    return other if value is None or value == "" or isinstance(value, StrictUndefined) else value


_FILTERS: dict[str, Any] = {
    "counted": _counted,
    "default": _default,
    "first": lambda items: items[0] if items else None,
    "join": _join,
    "last": lambda items: items[-1] if items else None,
    "length": len,
    "replace": _replace,
    "trim": lambda text: text.strip(),
}
