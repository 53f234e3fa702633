"""Tags and people: many spellings, one tag; many posts, one author. Layer: assemble."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cogen.assemble.site import Author, Authors, Tag, Tags
from cogen.model import urls
from cogen.model.diagnostics import Clue, Diagnostic, finding
from cogen.model.documents import (
    EventDocument,
    PeopleDocument,
    PostDocument,
    ProgrammeDocument,
    TagEntry,
    TagsDocument,
)
from cogen.model.slugs import fold, slugify
from cogen.model.suggest import a_few

Written = PostDocument | EventDocument


def assemble_tags(
    documents: Iterable[Written],
    programmes: Iterable[ProgrammeDocument],
    entries: TagsDocument,
    edition: str = "",
) -> tuple[Tags, list[Diagnostic]]:
    """Merge the spellings of tags, choose labels and slugs."""
    known = {fold(entry.label): entry for entry in entries.tags}
    aliases, claims = _claimed_aliases(known, entries.path)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    origin: dict[str, Clue] = {}

    def count(label: str, path: str, written_under: str) -> None:
        folded = fold(label)
        key = aliases.get(folded, folded)
        spellings[key][label] += 1 if folded == key else 0
        if key not in origin:
            origin[key] = Clue(path, written_under, label)

    for document in documents:
        for label in document.tags:
            count(label, document.path, "tags")
    for programme in programmes:
        for label in (programme.tag, *(entry.tag for entry in programme.projects)):
            if label:
                count(label, programme.path, "")
    chosen = [(key, _label(known.get(key), counter), known.get(key)) for key, counter in spellings.items()]
    slugs, findings = _distinct_slugs(
        [(key, label, entry.slug if entry else "", origin[key]) for key, label, entry in chosen], "tags"
    )
    tags = {
        key: Tag(
            key,
            label,
            slugs[key],
            urls.tag(slugs[key], edition),
            entry,
            _alias_slugs(key, slugs[key], entry, aliases),
        )
        for key, label, entry in sorted(chosen, key=_by_label)
    }
    return Tags(tags, aliases), [*claims, *findings]


def _claimed_aliases(known: Mapping[str, TagEntry], path: str) -> tuple[dict[str, str], list[Diagnostic]]:
    """Give each alias to one tag; an alias that is a tag of its own, or another's alias, is a finding."""
    aliases: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for key, entry in known.items():
        for alias in entry.aliases:
            folded = fold(alias)
            if folded == key:
                continue
            owner = folded if folded in known else aliases.get(folded, key)
            if owner == key:
                aliases[folded] = key
                continue
            also = "it is a tag of its own" if owner == folded else f"{known[owner].label!r} has it too"
            message = f"{alias!r} is an alias of {entry.label!r}, and {also}"
            hint = "an alias can belong to one tag: take it out of one of them"
            findings.append(
                finding("slug-collision", message, Clue(path, f"{entry.label}/aliases", alias), hint)
            )
    return aliases, findings


def _by_label(item: tuple[str, str, TagEntry | None]) -> tuple[str, str]:
    key, label, _ = item
    return fold(label), key


def _label(entry: TagEntry | None, spellings: Counter[str]) -> str:
    if entry is not None:
        return entry.label
    return min(spellings, key=lambda label: (-spellings[label], label.isupper(), label))


def _alias_slugs(key: str, slug: str, entry: TagEntry | None, aliases: Mapping[str, str]) -> tuple[str, ...]:
    names = entry.aliases if entry else ()
    return tuple(sorted({slugify(name) for name in names if aliases.get(fold(name)) == key} - {slug}))


def _distinct_slugs(
    names: Sequence[tuple[str, str, str, Clue]], kind: str
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Give each (key, label, wanted slug, place) a slug of its own; a clash is a finding."""
    owners: dict[str, str] = {}
    slugs: dict[str, str] = {}
    numbers: dict[str, int] = {}
    findings: list[Diagnostic] = []
    for key, label, wanted, at in sorted(names, key=lambda name: (not name[2], name[0])):
        slug = slugify(wanted or label)
        if slug in owners:
            message = f"the {kind} {owners[slug]!r} and {label!r} share the slug {slug!r}"
            hint = f"give one of them a slug: of its own in content/{kind}.yaml"
            findings.append(finding("slug-collision", message, at, hint))
            number = numbers.get(slug, 2)
            while f"{slug}-{number}" in owners:
                number += 1
            numbers[slug] = number + 1
            slug = f"{slug}-{number}"
        owners[slug] = label
        slugs[key] = slug
    return slugs, findings


def assemble_authors(
    documents: Sequence[Written],
    programmes: Sequence[ProgrammeDocument],
    people: PeopleDocument,
    *,
    are_published: bool,
    edition: str = "",
) -> tuple[Authors, list[Diagnostic]]:
    """Tie names to people.yaml, choose slugs, and say which names it does not have (hints)."""
    names: dict[str, str] = {}
    for person in people.people:
        names.setdefault(fold(person.name), person.key)
    names.update({fold(person.key): person.key for person in people.people})
    entries = {person.key: person for person in people.people}
    listed = (d for d in documents if isinstance(d, PostDocument) and not d.is_hidden)
    writers = {names.get(folded, folded) for d in listed for folded in map(fold, d.authors)}
    plain: dict[str, tuple[str, Clue]] = {}
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, at in _all_names(documents, programmes):
        if (folded := fold(name)) not in names:
            plain.setdefault(folded, (name, at))
            spellings[folded][name] += 1
    wanted = [
        (person.key, person.name, person.slug or person.key, Clue(people.path, person.key))
        for person in people.people
    ]
    wanted += [(key, spellings[key].most_common(1)[0][0], "", at) for key, (_, at) in plain.items()]
    slugs, findings = _distinct_slugs(wanted, "people")
    if people.path:
        findings += (_unknown(name, at) for name, at in plain.values())
        findings += _namesakes(people, _all_names(documents, programmes))

    def author(key: str, name: str) -> Author:
        address = urls.author(slugs[key], edition) if are_published and key in writers else ""
        return Author(key, name, slugs[key], address, entries.get(key))

    by_name: Callable[[tuple[str, str, str, Clue]], tuple[str, str]] = lambda name: (fold(name[1]), name[0])  # noqa: E731
    return Authors({w[0]: author(w[0], w[1]) for w in sorted(wanted, key=by_name)}, names), findings


def _all_names(
    documents: Sequence[Written], programmes: Sequence[ProgrammeDocument]
) -> Iterable[tuple[str, Clue]]:
    for document in documents:
        yield from ((name, Clue(document.path, "authors", name)) for name in document.authors)
        if isinstance(document, EventDocument):
            speakers = (item.speaker for item in document.agenda if item.speaker)
            yield from ((name, Clue(document.path, "agenda", name)) for name in speakers)
    for programme in programmes:
        for entry in programme.projects:
            yield from ((name, Clue(programme.path, "projects", name)) for name in entry.leads)


def _namesakes(people: PeopleDocument, named: Iterable[tuple[str, Clue]]) -> Iterator[Diagnostic]:
    """Say where a name is written that several people of people.yaml have."""
    keys: dict[str, list[str]] = {}
    for person in people.people:
        keys.setdefault(fold(person.name), []).append(person.key)
    certain = {fold(person.key) for person in people.people}
    for name, at in named:
        several = keys.get(fold(name), [])
        if len(several) > 1 and fold(name) not in certain:
            message = (
                f"{len(several)} people of content/people.yaml are called {name!r}; {several[0]} is taken"
            )
            yield finding("ambiguous-author", message, at, f"write a key: {a_few(several, ' or ')}")


def _unknown(name: str, at: Clue) -> Diagnostic:
    hint = "add them there for a page with a biography, or leave it: the name is used as written"
    return finding("unknown-author", f"{name!r} is not in content/people.yaml", at, hint)
