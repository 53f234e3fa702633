"""``content/tags.yaml``: what is known of tags. Layer: read."""

from cogen.model.body import RichText
from cogen.model.documents import TagEntry, TagsDocument
from cogen.model.slugs import slugify
from cogen.read.addresses import slug_of
from cogen.read.parsed import Parsed
from cogen.read.scalars import clean_text, shorten
from cogen.read.schema import Notes, fields_of, open_pairs
from cogen.read.shared_keys import Source, rich_text
from cogen.read.yaml_nodes import Mapping, Node, Scalar


def parse_tags(source: Source) -> Parsed:
    """Read tags.yaml: each label with what is known of the tag, or with nothing."""
    notes = Notes(source.path, source.text)
    pairs = open_pairs(notes, "the labels of tags with what is known of them")
    if pairs is None:
        return Parsed(None, (), tuple(notes.findings))
    tags = tuple(_tag(label, node, notes, source) for label, node in pairs if clean_text(label.text))
    return Parsed(TagsDocument(source.path, tags, source.edition), (), tuple(notes.findings))


def _tag(key: Scalar, node: Node, notes: Notes, source: Source) -> TagEntry:
    label = notes.name(key.text, key)
    if isinstance(node, Scalar) and node.is_null:
        return TagEntry(label, slugify(label))
    if not isinstance(node, Mapping):
        notes.add(
            "bad-value", f'the tag "{shorten(label)}" takes keys with values', node, "write {description: …}"
        )
        return TagEntry(label, slugify(label))
    fields = fields_of(node, notes, "a tag")
    description = fields.block("description")
    tag = TagEntry(
        label=label,
        slug=slug_of(fields, label, label),
        description=RichText()
        if description is None
        else rich_text(description, notes, source.options, inline=False),
        aliases=fields.names("aliases"),
    )
    fields.finish()
    return tag
