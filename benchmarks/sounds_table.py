"""Prints the syllable rows of bot/understanding/words/sounds.toml: which characters sound alike in our words.

Needs pypinyin (requirements-dev.txt). Characters are GB 2312's first level, the common ones.
"""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin

DATA = Path(__file__).parents[1] / "bot/understanding/words/sounds.toml"
WIDTH = 70


def common() -> list[str]:
    """The 3,755 characters of the first level of GB 2312."""
    codes = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [c for code in codes if (c := code.decode("gb2312", "ignore"))]


def syllable(letter: str, readings: dict[str, str]) -> str:
    """A syllable without what is easily confused."""
    plain = readings.get(letter) or lazy_pinyin(letter)[0]
    plain = re.sub("^([zcs])h", r"\1", plain)
    return re.sub("ng$", "n", re.sub("^l", "n", plain))


def main() -> None:
    """Prints the rows."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    ours = {c for word in data["words"] for c in word}
    readings = data["readings"]
    needed = {syllable(c, readings) for c in ours}
    rows = defaultdict(str)
    for letter in dict.fromkeys([*sorted(ours), *common(), *readings]):
        if syllable(letter, readings) in needed and letter not in data["rare"]:
            rows[syllable(letter, readings)] += letter
    line = " "
    print("syllables = [")
    for _, letters in sorted(rows.items()):
        item = f' "{letters}",'
        if len(line) + len(item) > WIDTH:
            print(line)
            line = " "
        line += item
    print(line + "\n]")


if __name__ == "__main__":
    main()
