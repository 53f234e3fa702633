"""``content/people.yaml``: who writes here. Layer: read."""

from cogen.model.body import RichText
from cogen.model.documents import Contact, PeopleDocument, PersonEntry
from cogen.model.slugs import slugify
from cogen.read.addresses import slug_of
from cogen.read.parsed import Parsed
from cogen.read.scalars import clean_text
from cogen.read.schema import Fields, Notes, fields_of, open_pairs
from cogen.read.shared_keys import Source, rich_text
from cogen.read.yaml_nodes import Mapping, Node, Scalar


def parse_people(source: Source) -> Parsed:
    """Read people.yaml: each key with a person, or with a name alone."""
    notes = Notes(source.path, source.text)
    pairs = open_pairs(notes, "the keys of people with what is known of them")
    if pairs is None:
        return Parsed(None, (), tuple(notes.findings))
    people = tuple(_person(key, node, notes, source) for key, node in pairs)
    return Parsed(PeopleDocument(source.path, people, source.edition), (), tuple(notes.findings))


def _person(key: Scalar, node: Node, notes: Notes, source: Source) -> PersonEntry:
    name = notes.name(key.text, key)
    if isinstance(node, Scalar) and not node.is_null:
        return PersonEntry(name, notes.name(node.text, node), slugify(name))
    if not isinstance(node, Mapping):
        message = f'"{name}" takes a person: keys with values'
        notes.add("bad-value", message, node if not isinstance(node, Scalar) else key, "write {name: …}")
        return PersonEntry(name, name, slugify(name))
    fields = fields_of(node, notes, "a person")
    bio = fields.block("bio")
    person = PersonEntry(
        key=name,
        name=fields.name("name") or name,
        slug=slug_of(fields, name, name),
        role=fields.text("role"),
        bio=RichText() if bio is None else rich_text(bio, notes, source.options, inline=False),
        image=fields.text("image").lstrip("/"),
        url=fields.link("url"),
        contact=contact_of(fields),
    )
    if fields.entry("name") is None:
        notes.add("missing-key", 'a person needs the key "name"', key)
    fields.finish()
    return person


def contact_of(fields: Fields) -> Contact:
    """Read ``contact:``, a mapping, or one e-mail address or telephone number."""
    node = fields.node("contact")
    if isinstance(node, Scalar):
        text = clean_text(node.text)
        return Contact(email=text) if "@" in text else Contact(phone=text)
    inner = fields.fields("contact", "a contact")
    if inner is None:
        return Contact()
    contact = Contact(inner.text("email"), inner.text("phone"), inner.flag("public"))
    inner.finish()
    return contact
