"""A unit's own workbook, filled: only the cells that are places change; all else stays as the unit made it, byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from bot.forms.order import XLSX, Made, Order
from bot.forms.places import Places
from bot.forms.tables import harmless, plain
from models.refusal import Refusal
from models.workbooks import content_of, every_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = {"m": MAIN}
PLACE = re.compile(r"\{\{\s*([^{}]{1,80}?)\s*\}\}")
ONE_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})")
NOTHING = "—"
NO_BOOK = "这张表已经撤下，请向管理员要新的。"
Value = Callable[[str], object]


@dataclass
class Filled:
    """A workbook that was filled: its bytes, how many places, and the names that are no places, with where they stand."""

    content: bytes = b""
    places: int = 0
    unknown: list[tuple[str, str, str]] = field(default_factory=list)


def make_own_book(order: Order) -> Made:
    """The unit's workbook with the figures of the moment."""
    named = {one.id: one for one in every_workbook(order.connection)}
    content = content_of(order.connection, order.book or 0)
    if content is None or order.book not in named:
        raise Refusal(NO_BOOK)
    filled = fill(content, Places(order).value)
    return Made(f"{order.unit.name}{named[order.book].name}.xlsx", XLSX, filled.content)


def fill(content: bytes, value: Value) -> Filled:
    """Put the figures into their places; raises ValueError where it is no workbook."""
    try:
        with ZipFile(io.BytesIO(content)) as book:
            parts = {info: book.read(info) for info in book.infolist()}
    except BadZipFile:
        raise ValueError("not an .xlsx workbook") from None
    by_name = {info.filename: text for info, text in parts.items()}
    if "xl/workbook.xml" not in by_name:
        raise ValueError("not an .xlsx workbook")
    filled = Filled()
    changed = dict(_changed(by_name, value, filled))
    out = io.BytesIO()
    with ZipFile(out, "w") as book:
        for info, text in parts.items():
            book.writestr(info, changed.get(info.filename, text), info.compress_type)
    filled.content = out.getvalue()
    return filled


def _changed(parts: dict[str, bytes], value: Value, filled: Filled) -> Iterator[tuple[str, bytes]]:
    """The parts that differ afterwards: each sheet, and the order to reckon all formulas anew."""
    workbook = _xml(parts["xl/workbook.xml"])
    strings, named = _strings(parts), _named(workbook)
    for name, path in _sheets(workbook, parts):
        sheet = _xml(parts[path])
        _fill_words(sheet, name, strings, value, filled)
        for ref, place in named.get(name, []):
            _fill_named(sheet, ref, place, value, filled)
        for old in sheet.iterfind(".//m:c[m:f]/m:v", NS):
            old.getparent().remove(old)  # reckoned from what stood there before
        yield path, _bytes(sheet)
    _reckon_anew(workbook)
    yield "xl/workbook.xml", _bytes(workbook)


def _fill_words(sheet: Any, name: str, strings: list[str], value: Value, filled: Filled) -> None:
    for cell in sheet.iterfind(".//m:c", NS):
        text = _text(cell, strings)
        if "{{" in text and cell.find("m:f", NS) is None:
            told, strange = _told(text, value)
            filled.unknown += [(name, cell.get("r"), place) for place in strange]
            if told is not None:
                filled.places += 1
                _set(cell, told)


def _told(text: str, value: Value) -> tuple[object, list[str]]:
    """The words with their places filled, or the figure where a place is all there is; and the names that are no places."""
    known: list[object] = []
    strange: list[str] = []

    def one(match: re.Match[str]) -> str:
        try:
            known.append(value(match[1]))
        except KeyError:
            strange.append(match[1])
            return match[0]
        return _shown(known[-1])

    said = PLACE.sub(one, text)
    if not known:
        return None, strange
    alone = PLACE.fullmatch(text.strip()) and known[0] is not None
    return (known[0] if alone else said), strange


def _shown(found: object) -> str:
    return NOTHING if found is None else str(plain(found))


def _fill_named(sheet: Any, ref: str, place: str, value: Value, filled: Filled) -> None:
    """A named cell gets the figure of its name, unless a formula stands in it."""
    try:
        found = value(place)
    except KeyError:
        return
    cell = _cell(sheet, ref)
    if cell.find("m:f", NS) is None:
        _set(cell, NOTHING if found is None else found)
        filled.places += 1


def _set(cell: Any, told: object) -> None:
    """Put a figure or words into a cell; its style stays."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    shown = harmless(plain(told))
    if isinstance(told, (int, float, Decimal)) and not isinstance(told, bool):
        etree.SubElement(cell, f"{{{MAIN}}}v").text = str(shown)
        return
    cell.set("t", "inlineStr")
    words = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
    words.text = str(shown)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _text(cell: Any, strings: list[str]) -> str:
    kind, held = cell.get("t"), cell.findtext("m:v", "", NS)
    if kind == "s" and held.isdigit() and int(held) < len(strings):
        return strings[int(held)]
    return "".join(cell.itertext(f"{{{MAIN}}}t")) if kind == "inlineStr" else ""


def _cell(sheet: Any, ref: str) -> Any:
    """A cell by its reference, made in its place where there is none."""
    letters, number = coordinate_from_string(ref)
    data = sheet.find("m:sheetData", NS)
    row = _placed(data, "row", str(number), number, lambda other: int(other.get("r")))
    column = column_index_from_string(letters)
    return _placed(row, "c", ref, column, lambda c: column_index_from_string(coordinate_from_string(c.get("r"))[0]))


def _placed(parent: Any, tag: str, ref: str, order: int, order_of: Callable[[Any], int]) -> Any:
    for at, other in enumerate(parent):
        if order_of(other) == order:
            return other
        if order_of(other) > order:
            made = etree.Element(f"{{{MAIN}}}{tag}", r=ref)
            parent.insert(at, made)
            return made
    return etree.SubElement(parent, f"{{{MAIN}}}{tag}", r=ref)


def _strings(parts: dict[str, bytes]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    # A phonetic guide is written beside the words and is none of them.
    found = _xml(parts["xl/sharedStrings.xml"]).iterfind("m:si", NS)
    return [
        "".join(t.text or "" for t in one.iterfind(".//m:t", NS) if t.getparent().tag != f"{{{MAIN}}}rPh")
        for one in found
    ]


def _named(workbook: Any) -> dict[str, list[tuple[str, str]]]:
    """Cells with a name, by sheet."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in workbook.iterfind("m:definedNames/m:definedName", NS):
        place = ONE_CELL.fullmatch(one.text or "")
        if place:
            sheet = (place[1] or "").replace("''", "'") or place[2]
            found.setdefault(sheet, []).append((place[3] + place[4], one.get("name")))
    return found


def _sheets(workbook: Any, parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part that holds it."""
    links = {one.get("Id"): one.get("Target") for one in _xml(parts["xl/_rels/workbook.xml.rels"])}
    for one in workbook.iterfind("m:sheets/m:sheet", NS):
        target = links.get(one.get(f"{{{LINKS}}}id"), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if path in parts and path.startswith("xl/worksheets/"):
            yield one.get("name"), path


def _reckon_anew(workbook: Any) -> None:
    found = workbook.find("m:calcPr", NS)
    if found is None:
        found = etree.Element(f"{{{MAIN}}}calcPr")
        after = [one for one in workbook if etree.QName(one).localname in BEFORE_CALC]
        after[-1].addnext(found)
    found.set("fullCalcOnLoad", "1")


BEFORE_CALC = ("workbookPr", "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames")


def _xml(text: bytes) -> Any:
    return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))


def _bytes(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
