"""AVIF and HEIF without notes: boxes in boxes. Layer: read.

Such a file says where its parts lie by their place in it, so nothing is moved: what goes is filled with zeros where it
stands, and a box that goes is called ``free`` then, which readers skip.  What is no box that is known to be part of a
picture goes, and so does all of the data that no known item names.  Sources: ISO/IEC 14496-12 (boxes, items, films),
23008-12 (HEIF) and AVIF 1.1.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, islice
from typing import Final, NamedTuple

_HEAD_BYTES: Final = 8
_LONG_HEAD_BYTES: Final = 16
_ABOUT_BYTES: Final = 4
"""Version and flags, which begin the content of some boxes."""
_TO_THE_END, _LONG = 0, 1
"""Sizes that are none."""
_HANDLER_NAME: Final = _ABOUT_BYTES + 20
_IN_FILE, _IN_META = 0, 1
"""Where an item's data lies: in the file, or in the box ``idat``."""
_LONG_TIMES, _NARROW_COUNT, _WIDE_COUNT, _TYPED_ITEM, _WIDE_ITEM = 1, 0, 2, 2, 3
"""Versions of boxes from which on a field is there, or longer."""
_PICTURES: Final = frozenset({b"av01", b"hvc1", b"lhv1", b"grid", b"iovl", b"iden", b"tmap", b"sato"})
_LONGEST_TABLE: Final = 1_000_000
"""Bytes of a box that says where data lies: a thousand tiles need 20,000, an hour of film half a million."""
_NO_KIND: Final = b"skip"
_META_PARTS: Final = frozenset(
    {b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat", b"grpl", b"dinf"}
)
_PROPERTIES: Final = frozenset(
    {
        b"ispe", b"pixi", b"pasp", b"colr", b"av1C", b"hvcC", b"lhvC", b"irot", b"imir", b"clap", b"auxC", b"a1op",
        b"a1lx", b"lsel", b"clli", b"mdcv", b"cclv", b"amve", b"reve", b"ndwt", b"rloc", b"oinf", b"tols", b"prdi",
    }
)  # fmt: skip
_FILM_FOLDERS: Final = frozenset({b"moov", b"trak", b"edts", b"mdia", b"minf", b"stbl"})
_FILM_PARTS: Final = _FILM_FOLDERS | {
    b"mvhd", b"tkhd", b"tref", b"elst", b"mdhd", b"hdlr", b"vmhd", b"nmhd", b"dinf", b"stsd", b"stts", b"ctts",
    b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"sdtp", b"sbgp", b"sgpd", b"subs",
}  # fmt: skip
_DEEPEST_FOLDER: Final = 5
"""``moov``, ``trak``, ``mdia``, ``minf`` and ``stbl``."""
_TIMED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})
"""They say when a film was made and changed."""

Range = tuple[int, int]


class _Box(NamedTuple):
    kind: bytes
    start: int
    content: int
    end: int


def without_noted_boxes(data: bytes) -> bytes:
    """Give an AVIF or HEIF file, of the same length, without what is noted in it."""
    out = bytearray(data)
    boxes = list(_boxes(data, 0, len(data)))
    shown: list[Range] = []
    for box in boxes:
        if box.kind == b"meta":
            _clean_meta(data, box, shown, out)
        elif box.kind == b"moov":
            _clean_film(data, box, shown, out)
        elif box.kind not in {b"ftyp", b"mdat"}:
            _free(box, out)
    shown = _merged(shown)
    for box in boxes:
        if box.kind == b"mdat":
            _keep_only(shown, box, out)
    _wipe(out, boxes[-1].end if boxes else 0, len(out))
    return bytes(out)


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    """Give the boxes between two places; one that would end behind the last of them ends there."""
    while start + _HEAD_BYTES <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        content = start + _HEAD_BYTES
        if size == _LONG:
            if start + _LONG_HEAD_BYTES > end:
                return
            (size,) = struct.unpack_from(">Q", data, content)
            content = start + _LONG_HEAD_BYTES
        elif size == _TO_THE_END:
            size = end - start
        if start + size < content:
            return
        stop = min(start + size, end)
        yield _Box(kind, start, content, stop)
        start = stop


def _free(box: _Box, out: bytearray) -> None:
    out[box.start + 4 : box.start + _HEAD_BYTES] = b"free"
    _wipe(out, box.content, box.end)


def _wipe(out: bytearray, start: int, end: int) -> None:
    end = min(end, len(out))
    if start < end:
        out[start:end] = bytes(end - start)


def _merged(ranges: list[Range]) -> list[Range]:
    """Give the same places in their order, none of which touches another."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _keep_only(kept: list[Range], box: _Box, out: bytearray) -> None:
    """Fill all of a box's content with zeros but for these places, which are in order and do not touch."""
    place = box.content
    first = bisect_right(kept, box.content, key=lambda each: each[1])
    for start, end in islice(kept, first, None):
        if start >= box.end:
            break
        _wipe(out, place, start)
        place = end
    _wipe(out, place, box.end)


# ---- a picture: items, and what is said of them ------------------------------------------------------------------


def _clean_meta(data: bytes, meta: _Box, shown: list[Range], out: bytearray) -> None:
    """Take the notes out of the box that says what there is, and find where the pictures' data lies."""
    parts: dict[bytes, _Box] = {}
    for box in _boxes(data, meta.content + _ABOUT_BYTES, meta.end):
        if box.kind not in _META_PARTS or parts.setdefault(box.kind, box) is not box:
            _free(box, out)
    try:
        _clean_items(data, parts, shown, out)
    except struct.error:  # cut off, or no picture: nobody can show it
        _free(meta, out)


def _clean_items(data: bytes, parts: dict[bytes, _Box], shown: list[Range], out: bytearray) -> None:
    pictures: set[int] = set()
    if b"iinf" in parts:
        pictures = set(_clean_names(data, parts[b"iinf"], out))
    if b"hdlr" in parts:
        _wipe(out, parts[b"hdlr"].content + _HANDLER_NAME, parts[b"hdlr"].end)
    if b"iprp" in parts:
        _clean_properties(data, parts[b"iprp"], out)
    inside = parts.get(b"idat")
    kept_inside: list[Range] = []
    for item, where, start, end in _places(data, parts[b"iloc"]) if b"iloc" in parts else ():
        if item not in pictures:
            continue
        if where == _IN_FILE:
            shown.append((start, end or len(data)))
        elif where == _IN_META and inside is not None:
            kept_inside.append((inside.content + start, inside.content + end if end else inside.end))
    if inside is not None:
        _keep_only(_merged(kept_inside), inside, out)


def _clean_names(data: bytes, info: _Box, out: bytearray) -> Iterator[int]:
    """Take the names off all items, and the kind off those that are no picture; give the numbers of those that are."""
    (version,) = struct.unpack_from(">B", data, info.content)
    place = info.content + _ABOUT_BYTES + (2 if version == _NARROW_COUNT else 4)
    for box in _boxes(data, place, info.end):
        (version,) = struct.unpack_from(">B", data, box.content)
        if box.kind != b"infe" or version < _TYPED_ITEM:
            _free(box, out)
            continue
        wide = version >= _WIDE_ITEM
        item, _, kind = struct.unpack_from(">IH4s" if wide else ">HH4s", data, box.content + _ABOUT_BYTES)
        name = box.content + _ABOUT_BYTES + (10 if wide else 8)
        _wipe(out, name, box.end)
        if kind in _PICTURES:
            yield item
        else:
            out[name - 4 : name] = _NO_KIND


def _clean_properties(data: bytes, properties: _Box, out: bytearray) -> None:
    """Take out what says more of a picture than how to show it; the numbers of the others stay."""
    for box in _boxes(data, properties.content, properties.end):
        if box.kind == b"ipco":
            for each in _boxes(data, box.content, box.end):
                if each.kind not in _PROPERTIES:
                    _free(each, out)
        elif box.kind != b"ipma":
            _free(box, out)


def _places(data: bytes, table: _Box) -> Iterator[tuple[int, int, int, int]]:
    """Give an item's number, where its data lies, and start and end of it there; an end of 0 is the end of all."""
    if table.end - table.content > _LONGEST_TABLE:
        raise struct.error
    version, sizes, more_sizes = struct.unpack_from(">B3xBB", data, table.content)
    offset_bytes, length_bytes, base_bytes = sizes >> 4, sizes & 15, more_sizes >> 4
    index_bytes = more_sizes & 15 if version else 0
    reader = _Reader(data, table.content + _ABOUT_BYTES + 2, table.end)
    for _ in range(reader.number(4 if version >= _WIDE_COUNT else 2)):
        item = reader.number(4 if version >= _WIDE_COUNT else 2)
        where = reader.number(2) & 15 if version else _IN_FILE
        reader.number(2)
        base = reader.number(base_bytes)
        pieces = reader.number(2)
        for _ in range(pieces if index_bytes or offset_bytes or length_bytes else min(pieces, 1)):
            reader.number(index_bytes)
            start = base + reader.number(offset_bytes)
            length = reader.number(length_bytes)
            yield item, where, start, start + length if length else 0


class _Reader:
    """Reads one number after the other."""

    def __init__(self, data: bytes, place: int, end: int) -> None:
        self._data = data
        self._place = place
        self._end = end

    def number(self, size: int) -> int:
        """Read an unsigned number of so many bytes, which may be none."""
        end = self._place + size
        if end > self._end:
            raise struct.error
        number = int.from_bytes(self._data[self._place : end])
        self._place = end
        return number


# ---- a film ------------------------------------------------------------------------------------------------------


def _clean_film(data: bytes, film: _Box, shown: list[Range], out: bytearray, depth: int = 1) -> None:
    """Take out all that does not tell how to show a film, the times at which it was made, and names."""
    if film.kind == b"stbl":
        # a table that is cut off names nothing, and nobody can show it
        with suppress(struct.error, LookupError):
            shown += _samples(data, {box.kind: box for box in _boxes(data, film.content, film.end)})
    for box in _boxes(data, film.content, film.end):
        if box.kind not in _FILM_PARTS or depth > _DEEPEST_FOLDER:
            _free(box, out)
        elif box.kind in _FILM_FOLDERS:
            _clean_film(data, box, shown, out, depth + 1)
        elif box.kind in _TIMED and box.content < box.end:
            times = box.content + _ABOUT_BYTES
            _wipe(out, times, min(box.end, times + (16 if data[box.content] == _LONG_TIMES else 8)))
        elif box.kind == b"hdlr":
            _wipe(out, box.content + _HANDLER_NAME, box.end)


def _samples(data: bytes, tables: Mapping[bytes, _Box]) -> Iterator[Range]:
    """Give where the pictures of a film lie: in chunks, each with so many of them (ISO/IEC 14496-12, 8.7)."""
    chunks = tables.get(b"co64") or tables.get(b"stco")
    if chunks is None or b"stsc" not in tables:
        return
    runs = _numbers(data, tables[b"stsc"], "I", 3)
    counts = dict(zip(runs[::3], runs[1::3], strict=True))
    ends = _sample_ends(data, tables)
    first = count = 0
    for number, start in enumerate(_numbers(data, chunks, "Q" if chunks.kind == b"co64" else "I"), 1):
        count = counts.get(number, count)
        last = min(first + count, len(ends) - 1)
        yield start, start + ends[last] - ends[first]
        first = last


def _sample_ends(data: bytes, tables: Mapping[bytes, _Box]) -> Sequence[int]:
    """Give where each picture of a film would end, with 0 before, if there were nothing between them."""
    if b"stz2" in tables:
        table = tables[b"stz2"]
        bits = {8: "B", 16: "H"}.get(data[table.content + 7], "")
        if not bits:
            raise struct.error
        return list(accumulate(_numbers(data, table, bits, before=8), initial=0))
    table = tables[b"stsz"]
    size, count = struct.unpack_from(">II", data, table.content + _ABOUT_BYTES)
    if size:
        return range(0, size * (count + 1), size)
    return list(accumulate(_numbers(data, table, "I", before=8), initial=0))


def _numbers(data: bytes, table: _Box, code: str, each: int = 1, before: int = _ABOUT_BYTES) -> Sequence[int]:
    """Give the numbers of a table that says how many there are, each of them some numbers."""
    place = table.content + before
    (count,) = struct.unpack_from(">I", data, place)
    layout = f">{count * each}{code}"
    if table.end - place > _LONGEST_TABLE or struct.calcsize(layout) > table.end - place - 4:
        raise struct.error
    numbers: Sequence[int] = struct.unpack_from(layout, data, place + 4)
    return numbers
