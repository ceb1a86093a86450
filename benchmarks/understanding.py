"""How fast a message is understood, beside the tools people use for parts of it, on the same messages in one run.

    python benchmarks/understanding.py [messages.jsonl ...]

Beside what the service needs: pip install -r benchmarks/requirements.txt; what is not installed is left out.
"""

from __future__ import annotations

import importlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = 5
HOSTILE = {
    "今天×600": "今天" * 600,
    "一×2000": "一" * 2000,
    "brackets": "((((" * 500,
    "no spaces": "访谈队员和辅导员" * 250,
    "pairs": "队员3" * 660,
    "dates": "3月" * 1000,
    "names": "张王李" * 666,
    "corrections": "不对" * 1000,
    "lines": "1. 张三 队员3\n" * 180,
    "schools": "实验小学" * 500,
}


def ours() -> Callable[[str], object]:
    """JSON in, JSON out, masking included."""
    from bot.understanding.__main__ import answer, written

    def read(line: str) -> object:
        return written(answer(line))

    return read


def jionlp_time() -> Callable[[str], object]:
    """JioNLP's finder of times, nothing else."""
    extract = importlib.import_module("jionlp").ner.extract_time
    return lambda line: extract(json.loads(line)["text"])


def cn2an_transform() -> Callable[[str], object]:
    """Numerals by cn2an, nothing else."""
    transform = importlib.import_module("cn2an").transform
    return lambda line: transform(json.loads(line)["text"])


def jieba_cut() -> Callable[[str], object]:
    """Words as jieba cuts them, nothing else."""
    cut = importlib.import_module("jieba").lcut
    return lambda line: cut(json.loads(line)["text"])


def times(read: Callable[[str], object], lines: list[str]) -> list[float]:
    """Microseconds for each message, warm: the least of several rounds."""
    best = [float("inf")] * len(lines)
    for _ in range(ROUNDS):
        for at, line in enumerate(lines):
            started = time.perf_counter()
            with suppress(Exception):  # a tool beside ours may fail on a message; its time still counts
                read(line)
            best[at] = min(best[at], (time.perf_counter() - started) * 1e6)
    return best


def report(name: str, read: Callable[[str], object], lines: list[str]) -> float:
    """One line of figures; the mean in microseconds."""
    for line in lines[:5]:
        try:
            read(line)
        except Exception:  # noqa: BLE001 - as above
            break
    found = sorted(times(read, lines))
    mean = statistics.fmean(found)
    print(
        f"{name:<24} mean {mean:9.1f} µs   median {found[len(found) // 2]:9.1f}   p99 {found[int(len(found) * 0.99)]:9.1f}   worst {found[-1]:9.1f}"
    )
    return mean


def importing() -> None:
    """Import time and memory above bare Python, each in a process of its own."""
    code = (
        "import time\n"
        "def held():\n"
        "    return next(int(l.split()[1]) for l in open('/proc/self/status') if l.startswith('VmRSS')) / 1024\n"
        "before, start = held(), time.perf_counter()\n"
        "import bot.understanding as u\n"
        "loaded = time.perf_counter() - start\n"
        "from datetime import datetime\n"
        "u.understand('今天访谈了3名队员,宣讲1场', datetime(2026, 11, 20))\n"
        "first = time.perf_counter() - start\n"
        "print(f'import {loaded:.3f} s, with the first message {first:.3f} s, {held() - before:.1f} MB above bare Python')\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def main(files: list[str]) -> None:
    """Prints everything."""
    paths = [Path(f) for f in files] or [
        ROOT.parent / "shared" / "corpus" / "messages.jsonl",
        *sorted((ROOT / "tests" / "corpus").glob("[!m]*.jsonl")),
    ][:1]
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    print(f"{len(lines)} messages, Python {sys.version.split()[0]}, {datetime.now():%Y-%m-%d}")  # noqa: DTZ005 - for the reader of the figures
    mean = report("understand (all of it)", ours(), lines)
    for name, make in (
        ("JioNLP extract_time", jionlp_time),
        ("cn2an transform", cn2an_transform),
        ("jieba lcut", jieba_cut),
    ):
        try:
            read = make()
        except ImportError:
            print(f"{name:<24} not installed")
            continue
        print(f"{'':<24} {report(name, read, lines) / mean:.2f} times ours")
    read = ours()
    for name, text in HOSTILE.items():
        line = json.dumps({"text": text, "now": "2026-11-20T17:30:00"}, ensure_ascii=False)
        half = json.dumps({"text": text[: len(text) // 2], "now": "2026-11-20T17:30:00"}, ensure_ascii=False)
        whole, part = min(times(read, [line])), min(times(read, [half]))
        print(
            f"hostile {name:<16} {whole / 1000:7.2f} ms for {len(text)} characters, {whole / part:4.1f} times the half"
        )
    importing()


if __name__ == "__main__":
    main(sys.argv[1:])
