"""``content/data/**.yaml``: free values for the components of themes. Layer: read."""

from cogen.model.documents import DataDocument
from cogen.read.free_values import value_of
from cogen.read.parsed import Parsed
from cogen.read.places import ROOT
from cogen.read.shared_keys import Source
from cogen.read.yaml import FATAL, parse_yaml


def parse_data_file(source: Source) -> Parsed:
    """Read a YAML file without a schema; an empty one holds nothing (``None``)."""
    node, findings = parse_yaml(source.text, source.path)
    if node is None and any(each.code in FATAL for each in findings):
        return Parsed(None, (), findings)
    identity = source.plain_path.removeprefix(ROOT + "/")
    value = None if node is None else value_of(node)
    return Parsed(DataDocument(source.path, identity, value, source.edition), (), findings)
