"""The rules of the house, as functions from source text to the breaches found in it.

`test_architecture.py` applies them to the project, and to small bad sources to prove that each
rule can fail. Sources are read, never imported, so an import hidden in a function or behind
TYPE_CHECKING counts like any other.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# What a pure module may import: numbers, types and containers. Nothing that reads a clock, a file,
# the network or the process. A dotted entry allows that one name of its module. highspy solves: it
# is told how many seconds it may take, and reads no file that it is not told of.
PURE_IMPORTS = {
    "__future__", "collections", "dataclasses", "datetime.date", "decimal", "difflib", "enum",
    "fractions", "functools", "highspy", "itertools", "math", "numpy", "operator", "pydantic",
    "pydantic_core", "re", "statistics", "sys.float_info", "typing", "unicodedata",
    "urllib.parse.urlsplit",
}  # fmt: skip
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint", "globals"}
CLOCKS = {"now", "utcnow", "today"}
VENDOR_WORDS = re.compile("vendor|offer|listing|price|pricing|commission|cost|affiliate", re.I)
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "services", "misc", "common", "tools"}
# Tests of a package as a whole: its docstrings' examples, its laws, outside numbers, what must not
# touch what.
PACKAGE_WIDE = {"examples", "firewall", "properties", "reference"}
# A template says how things look only through classes, and acts only through files: the policy
# forbids the rest. `hx-on` is in the list because htmx evaluates it.
# A block of JSON-LD is data: no browser runs it, so the policy lets it be.
INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|<script(?!\stype="application/ld\+json">)(?![^>]*\ssrc=)"""
    r"""|\son[a-z]+\s*=|\shx-on\b|javascript:""",
    re.I,
)


@dataclass(frozen=True)
class Module:
    """One Python source and the dotted name it is imported by."""

    name: str
    source: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        """Return the parsed source."""
        return ast.parse(self.source, self.name)

    @cached_property
    def imports(self) -> set[str]:
        """Return the dotted names it imports; `from a import b` gives a.b."""
        return set(_imported_names(self))


def read_modules(root: Path, packages: Iterable[str]) -> dict[str, Module]:
    """Return every module of `packages` by name, migrations left out (Django writes those)."""
    found = {}
    for path in sorted(path for package in packages for path in (root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "migrations" in parts:
            continue
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found[name] = Module(name, path.read_text(encoding="utf-8"), is_package)
    return found


def _imported_names(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=source, names=names, level=level):
                package = module.name.split(".")
                if level:
                    package = package[: len(package) - level + module.is_package]
                    source = ".".join([*package, source] if source else package)
                yield from (f"{source}.{alias.name}" for alias in names)
            case ast.Call(args=[ast.Constant(value=str(name)), *_]) if _is_import(node):
                yield name


def _is_import(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    return name in ("import_module", "__import__", "import_string")


def reached(start: str, modules: Mapping[str, Module]) -> dict[str, list[str]]:
    """Return each project module that importing `start` runs, with the way there.

    Importing a.b.c also runs the packages a and a.b.
    """
    ways: dict[str, list[str]] = {}
    waiting = [(start, [start])]
    while waiting:
        name, way = waiting.pop()
        if name in ways or name not in modules:
            continue
        ways[name] = way
        parents = [name.rpartition(".")[0]] if "." in name else []
        targets = {_nearest(target, modules) for target in modules[name].imports}
        waiting += [(target, [*way, target]) for target in sorted({*targets, *parents})]
    return ways


def _nearest(name: str, modules: Mapping[str, Module]) -> str:
    # a.b.C names the module a.b, unless a.b.C is itself a module.
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def upward_imports(modules: Mapping[str, Module], lower: str, upper: str) -> list[str]:
    """Return where `lower` imports or names `upper`, in code or in a dotted string."""
    found = []
    for name, module in modules.items():
        if not _is_inside(name, lower):
            continue
        found += [f"{name} imports {i}" for i in sorted(module.imports) if _is_inside(i, upper)]
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if text == upper or re.fullmatch(rf"{upper}(\.\w+)+", text):
                    found.append(f"{name} names {text!r} in a string")
    return found


def _is_inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def impurities(root: str, modules: Mapping[str, Module]) -> list[str]:
    """Return what makes the module `root`, or one that it reaches, other than pure."""
    found = []
    for name, way in reached(root, modules).items():
        outside = {i for i in modules[name].imports if not _nearest(i, modules)}
        banned = sorted(i for i in outside if not {i, i.split(".")[0]} & PURE_IMPORTS)
        found += [f"{' -> '.join(way)} imports {i}" for i in banned]
        found += [f"{name}:{line} {what}" for line, what in _impure_acts(modules[name].tree)]
    return found


def _impure_acts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Global():
                yield node.lineno, "changes a global"
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield node.lineno, f"calls {name}"
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                yield node.lineno, f"reads the clock by {name}"
            case ast.Call(func=ast.Attribute(attr="default_rng"), args=[], keywords=[]):
                yield node.lineno, "draws numbers without a seed"


def vendor_traces(root: str, modules: Mapping[str, Module]) -> list[str]:
    """Return every module that `root` reaches, and every name in them, that speaks of sellers."""
    found = []
    for name, way in reached(root, modules).items():
        if VENDOR_WORDS.search(name):
            found.append(f"{' -> '.join(way)} is about sellers")
        for line, word in _names(modules[name].tree):
            if VENDOR_WORDS.search(word):
                found.append(f"{name}:{line} says {word}")
    return found


def _names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every identifier, and every string that could be one (a key, an attribute by name)."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.arg(arg=word):
                yield node.lineno, word
            case ast.FunctionDef(name=word) | ast.ClassDef(name=word):
                yield node.lineno, word
            case ast.keyword(arg=str(word)) | ast.alias(asname=str(word)):
                yield node.lineno, word
            case ast.Constant(value=str(word)) if word.isidentifier():
                yield node.lineno, word


@dataclass(frozen=True)
class Limits:
    """How large things may grow before they are two things."""

    module_lines: int = 400
    function_lines: int = 40
    view_lines: int = 20
    parameters: int = 5
    template_lines: int = 120


def oversizes(module: Module, limits: Limits = Limits()) -> list[str]:
    """Return the module, functions and parameter lists that outgrew their limit."""
    found = []
    if (lines := len(module.source.splitlines())) > limits.module_lines:
        found.append(f"{module.name}: {lines} lines")
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        allowed = limits.view_lines if _is_view(module, node) else limits.function_lines
        if (lines := _lines_of(node)) > allowed:
            found.append(f"{module.name}.{node.name}: {lines} lines")
        if (count := _count_parameters(node)) > limits.parameters:
            found.append(f"{module.name}.{node.name}: {count} parameters")
    return found


def _is_view(module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    first = node.args.args[:1]
    return ".views" in module.name and bool(first) and first[0].arg == "request"


def _lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines from `def` to the end, the docstring left out."""
    end = node.end_lineno or node.lineno
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return end - node.lineno + 1 - docstring


def _count_parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if node.name.startswith("test_"):
        return 0  # pytest fills these in by name: nobody calls the function
    named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return sum(argument.arg not in ("self", "cls") for argument in named)


def bad_habits(module: Module) -> list[str]:
    """Return empty names, star imports, signals, and logic in `save()`."""
    found = [f"{module.name}: a name that says nothing"] * bool(
        EMPTY_NAMES & set(module.name.split("."))
    )
    for name in sorted(module.imports):
        if name.endswith(".*"):
            found.append(f"{module.name}: from {name[:-2]} import *")
        if name.startswith(("django.dispatch", "django.db.models.signals")):
            found.append(f"{module.name}: a signal, {name}")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and ".models" in module.name:
            found += [
                f"{module.name}.{node.name}: logic in save()"
                for part in node.body
                if isinstance(part, ast.FunctionDef) and part.name == "save"
            ]
    return found


def template_faults(name: str, source: str, limits: Limits = Limits()) -> list[str]:
    """Return what is too long, inline, or, in a partial, does not say what it needs."""
    found = []
    if (lines := len(source.splitlines())) > limits.template_lines:
        found.append(f"{name}: {lines} lines")
    # What a template says about itself is no markup.
    markup = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", source, flags=re.S)
    found += [f"{name}: inline {hit.group().strip()}" for hit in INLINE.finditer(markup)]
    is_partial = name.rpartition("/")[2].startswith("_")
    body = re.sub(r"(\s*\{% load [^%]*%\})*\s*", "", source, count=1)
    if is_partial and not body.startswith(("{#", "{% comment")):
        found.append(f"{name}: its first line must list the context it needs")
    return found


def orphans(tests: Iterable[str], modules: Iterable[str]) -> list[str]:
    """Return the test files (as a/b/test_c.py) that mirror no module.

    test_effects.py and test_effects_properties.py both mirror effects.py; test_properties.py and
    the other PACKAGE_WIDE names hold what is true of their package as a whole.
    """
    known = {name.replace(".", "/") for name in modules}
    found = []
    for path in tests:
        folder, _, file = path.rpartition("/")
        name = file.removeprefix("test_").removesuffix(".py")
        words = name.split("_")
        stems = {f"{folder}/{'_'.join(words[:end])}" for end in range(1, len(words) + 1)}
        is_package_wide = name in PACKAGE_WIDE and folder in known
        if not stems & known and not is_package_wide:
            found.append(path)
    return found
