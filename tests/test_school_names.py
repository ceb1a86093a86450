"""Schools by the names people give them: a region that was said tells schools apart that are called alike."""

from __future__ import annotations

import pytest

from models.schools import same_school


@pytest.mark.parametrize(
    ("name", "words", "same"),
    [
        ("沁源县第一中学", "第一中学", True),
        ("沁源县第一中学", "沁源县第一中学", True),
        ("沁源县实验小学", "沁源县实验小", True),
        ("实验小学", "长治市实验小学", True),
        ("沁源县第一中学", "襄垣县第一中学", False),
        ("长治市实验小学", "沁源县实验小学", False),
        ("沁源县第一中学", "沁源县第二中学", False),
    ],
)
def test_a_region_tells_schools_apart(name: str, words: str, same: bool) -> None:
    assert same_school(name, words) is same
