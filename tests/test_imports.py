"""Who may import whom, and who may read the clock: the layers hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bot", "handlers", "models")

# Layer: what of ours its modules may import. The first entry that fits a module is its layer; a name stands for itself and
# all below it.
LAYERS: Mapping[str, tuple[str, ...]] = {
    "bot.__main__": OURS,
    "bot.app": OURS,
    "bot.wsgi": OURS,
    "bot.scheduler": OURS,
    "bot.commands": OURS,
    "bot.channels.console": ("bot.channels.base", "models"),
    "bot.channels": ("bot.channels",),
    "bot.understanding": ("bot.understanding",),
    "bot.clock": (),
    "bot.settings": (),
    "bot.scrub": ("bot.settings",),
    "bot.service": ("bot.settings", "models"),
    "bot": ("bot", "handlers", "models"),
    "handlers": ("handlers", "models", "bot.understanding.meaning"),
    "models": ("models",),
}

# Below the commands nobody names a platform; who does not belong to a channel may know what all channels share.
FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "bot": ("bot.channels.official", "bot.channels.wecom", "bot.app", "bot.commands", "bot.__main__", "bot.wsgi"),
}

# Library: the only ones who know it.
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "wechatpy": ("bot.channels",),
    "xmltodict": ("bot.channels",),
    "requests": ("bot.channels",),
    "flask": ("bot.app", "bot.wsgi", "bot.web", "bot.commands"),
    "waitress": ("bot.commands",),
    "click": ("bot.__main__", "bot.commands", "bot.understanding.__main__"),
    "apscheduler": ("bot.scheduler",),
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


ALL = dict(modules())


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree_of(ALL[module])):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(module, node.level, node.module)
            yield from (_module_or_member(source, alias.name) for alias in node.names)


def _absolute(module: str, level: int, name: str | None) -> str:
    """What an import from within a module means; `level` counts its dots."""
    if not level:
        return str(name)
    package = module if ALL[module].name == "__init__.py" else module.rpartition(".")[0]
    above = package.split(".")[: len(package.split(".")) - level + 1]
    return ".".join([*above, *filter(None, [name])])


def _module_or_member(module: str, name: str) -> str:
    return f"{module}.{name}" if f"{module}.{name}" in ALL else module


def within(name: str, roots: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(root + ".") for root in roots)


def layer_of(module: str) -> str:
    return next(layer for layer in LAYERS if within(module, (layer,)))


@pytest.mark.parametrize("module", ALL)
def test_module_keeps_to_its_layer(module: str) -> None:
    layer = layer_of(module)
    for name in imports(module):
        if within(name, OURS):
            assert within(name, LAYERS[layer]), f"{module} imports {name}"
            assert not within(name, FORBIDDEN.get(layer, ())), f"{module} imports {name}"
        for library, known_by in KNOWN_BY.items():
            assert not within(name, (library,)) or within(module, known_by), f"{module} imports {name}"


def sayable() -> list[str]:
    """Handlers of what a person can say: those that state WHO may."""

    def states_who(node: ast.stmt) -> bool:
        names = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        return any(isinstance(name, ast.Name) and name.id == "WHO" for name in names)

    return [
        name for name, path in ALL.items() if within(name, ("handlers",)) and any(map(states_who, tree_of(path).body))
    ]


@pytest.mark.parametrize("handler", sayable())
def test_handler_imports_no_other_handler(handler: str) -> None:
    assert not set(imports(handler)) & set(sayable())


EDGES = ("bot.clock", "bot.understanding.__main__")  # the second answers lines that come without a moment
READS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


@pytest.mark.parametrize("module", [name for name in ALL if name not in EDGES])
def test_only_the_clock_reads_the_time(module: str) -> None:
    for node in ast.walk(tree_of(ALL[module])):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in READS, f"{module}:{node.lineno}"


@pytest.mark.parametrize(
    "module", [n for n in ALL if within(n, ("handlers", "models", "bot.understanding", "bot.channels"))]
)
def test_time_travels_down_as_an_argument(module: str) -> None:
    assert "bot.clock" not in set(imports(module))


def test_broad_except_stays_rare() -> None:
    def broad(node: ast.AST) -> bool:
        named = isinstance(node, ast.ExceptHandler) and node.type
        return isinstance(node, ast.ExceptHandler) and (
            not node.type or (isinstance(named, ast.Name) and named.id in ("Exception", "BaseException"))
        )

    found = [name for name, path in ALL.items() for node in ast.walk(tree_of(path)) if broad(node)]
    assert len(found) <= 2, found
