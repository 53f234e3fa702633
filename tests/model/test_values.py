"""Free values: what the author may add, in the order written, the same after a round through the store."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogen.model.values import Items, Record, Value

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: Items(tuple(items)))
        | st.dictionaries(TEXTS, inner, max_size=4).map(lambda pairs: Record(tuple(pairs.items())))
    ),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_comes_back_from_the_store_as_it_was(value: Value) -> None:
    encoded = msgspec.msgpack.encode(value)
    assert msgspec.msgpack.decode(encoded, type=Value) == value
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(encoded, type=Value)) == encoded


def test_the_order_of_keys_is_part_of_a_record() -> None:
    one, other = Record((("a", 1), ("b", 2))), Record((("b", 2), ("a", 1)))
    assert list(one) == ["a", "b"]
    assert msgspec.msgpack.encode(one) != msgspec.msgpack.encode(other)


def test_a_record_reads_like_a_mapping() -> None:
    record = Record((("cost", "£40"), ("count", 3)))
    assert record["cost"] == "£40"
    assert "count" in record
    assert "other" not in record
    assert len(record) == 2
    with pytest.raises(KeyError):
        record["other"]


def test_nothing_but_text_is_a_key_of_a_record() -> None:
    record = Record((("cost", "£40"),))
    assert ["cost"] not in record
    assert 1 not in record


def test_a_record_has_no_attribute_that_a_template_could_change() -> None:
    record = Record((("_values", "mine"), ("__dict__", "mine")))
    assert not hasattr(record, "__dict__")
    assert {name for name in dir(record) if not name.startswith("__")} == {"pairs_"}
    assert record["_values"] == record["__dict__"] == "mine"


def test_two_records_of_one_content_and_a_later_one_are_looked_up_by_themselves() -> None:
    for number in range(200):
        assert Record((("a", number),))["a"] == number


def test_items_read_like_a_list() -> None:
    items = Items(("a", 2, None))
    assert list(items) == ["a", 2, None]
    assert items[1] == 2
    assert len(items) == 3


def test_what_is_empty_is_false() -> None:
    assert not Record()
    assert not Items()


def test_yes_one_and_the_text_one_are_three_values() -> None:
    encoded = {msgspec.msgpack.encode(Items((value,))) for value in (True, 1, "1")}
    assert len(encoded) == 3
