"""A made-up civic blog of any size: the same bytes for the same number on every machine.

What it is like: about 450 words a post (150 to 900), two to four headings, a list in half of the posts, a table
and a picture in one of five, code in few; fourteen targets of links, six of them other posts; one to five tags of
200 by Zipf's law, one of 30 authors; ten years of dates.
"""

import datetime as dt
import json
import random
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SEED = 2012
FIRST_YEAR, YEARS = 2016, 10
TAGS, AUTHORS, PICTURES = 200, 30, 40
TAGS_PER_POST = ((1, 2, 3, 4, 5), (15, 25, 30, 20, 10))

THINGS = (
    "allotment bakery bandstand bench boiler bridge budget bus café canal chapel choir clinic clock committee compost "
    "council crossing drain election fence festival footpath fountain garden gate grant hall harvest hedge helpline "
    "hospital kitchen ladder lamp laundry lease library lido litter market meadow meeting mentor minutes mural museum "
    "newsletter nursery orchard oven parade park pavement petition piano planter playground pond pool pump queue ramp "
    "recipe repair rota school seedling shelter signpost sports square stage stall station stove street survey "
    "swing tenancy theatre ticket timetable toolshed tower tram tree trust tunnel vote walk wall ward weather well "
    "wheelchair window workshop yard youth zebra archive alley band barge bell bicycle board bollard bus-stop carer "
    "cash census chair charter clinic-day coach cook corner courtyard craft cupboard deposit desk diary doorstep "
    "estate evening exhibition fair ferry fund gallery gym heating hostel kerb lift loan mosque noticeboard office "
    "painting pantry parcel permit pharmacy photo plan platform plot poster quiz radio rail rent river roof route"
).split()
KINDS = (
    "accessible annual broken careful cheap common dry early empty fair familiar free full green heavy honest late "
    "local long loud low main modest new old open patient plain public quiet quick rare round rough safe shared short "
    "slow small steep useful warm weekly wet wide young"
).split()
DEEDS = (
    "agreed announced asked brought built bought carried cleaned closed counted cut drew ended fed filled finished "
    "fixed found gave grew held joined kept lent listed lost made mended met moved named opened painted planned "
    "planted published raised read repaired saved shared showed sold started tested thanked used visited voted won"
).split()
WHERE = ("behind", "beside", "near", "opposite", "under", "beyond", "inside", "outside", "across")
JOINTS = ("and", "but", "so", "because", "while", "although", "until", "as")
STARTS = (
    "Last week",
    "In May",
    "As promised",
    "To our surprise",
    "For once",
    "At the last meeting",
    "By now",
)
PLACES = ("Alder Lane", "Brook Street", "Copper Hill", "Dock Row", "Elm Green", "Ferry Road", "Goose Wharf")
FIRST_NAMES = "Amara Ben Carol Dev Esi Farah Gwen Hal Ines Jerome Kofi Lena Musa Nia Olu".split()
LAST_NAMES = ("Okoro", "Bright", "Castle", "Dunne", "Ellis", "Frost")

CODE = {
    "python": 'total = sum(int(row["amount"]) for row in rows if row["paid"])\nprint(total)',
    "bash": 'for f in minutes/*.txt; do\n  grep -c "agreed" "$f"\ndone',
    "json": '{\n  "stall": 14,\n  "goods": ["bread", "honey"]\n}',
}


@dataclass(frozen=True)
class Post:
    """One post, before it is written for a generator."""

    title: str
    slug: str
    date: dt.datetime
    """Naive, to be read as UTC."""
    tags: tuple[str, ...]
    author: str
    summary: str
    body: str
    """CommonMark with GFM tables."""

    @property
    def path(self) -> str:
        """Where it is kept under the folder of posts."""
        return f"{self.date.year}/{self.slug}.md"


Header = Callable[[Post], str]


def posts(count: int) -> Iterator[Post]:
    """Make the posts, the oldest first; each depends only on its number and on how many there are."""
    names = [_name(number, count) for number in range(count)]
    tags = _tags()
    tag_weights = [1 / (rank + 1) for rank in range(TAGS)]
    authors = [f"{first} {last}" for last in LAST_NAMES for first in FIRST_NAMES][:AUTHORS]
    author_weights = [1 / (rank + 1) ** 0.6 for rank in range(AUTHORS)]
    start = dt.datetime(FIRST_YEAR, 1, 1, 8)
    step = dt.timedelta(days=365 * YEARS - 1) / count
    for number, (title, slug) in enumerate(names):
        chance = random.Random(f"{SEED}/{count}/body/{number}")
        links = [f"/posts/{chance.choice(names)[1]}/" for _ in range(6)]
        links += [f"https://example.org/{chance.choice(THINGS)}/{chance.randint(1, 999)}" for _ in range(8)]
        writer = Writer(chance, links)
        yield Post(
            title=title,
            slug=slug,
            date=(start + step * (number + chance.random() * 0.9)).replace(microsecond=0),
            tags=_some_tags(chance, tags, tag_weights),
            author=chance.choices(authors, author_weights)[0],
            summary=f"{writer.sentence()} {writer.sentence()}",
            body=writer.body(round(min(900, max(150, chance.gammavariate(5.2, 78))))),
        )


def write(count: int, sites: Iterable[tuple[Path, Header]]) -> None:
    """Write each post, as soon as it is made, into the folder of posts of every site, below that site's header."""
    places = tuple(sites)
    for folder in [folder / str(FIRST_YEAR + year) for folder, _ in places for year in range(YEARS)]:
        folder.mkdir(parents=True, exist_ok=True)
    for post in posts(count):
        for folder, header in places:
            write_post(post, folder, header)


def write_post(post: Post, folder: Path, header: Header) -> None:
    """Write one post into a folder of posts."""
    (folder / post.path).write_text(header(post) + post.body, encoding="utf-8", newline="\n")


def newest(count: int, number: int) -> Post:
    """Make a post that is newer than all of a blog of so many, and than those made before for smaller numbers."""
    title, slug = _name(count + number, count)
    writer = Writer(random.Random(f"{SEED}/{count}/newest/{number}"), ["https://example.org/new"])
    date = dt.datetime(FIRST_YEAR + YEARS - 1, 12, 29, 8) + dt.timedelta(minutes=number)
    return Post(title, slug, date, tuple(_tags()[2:5]), "Amara Okoro", writer.sentence(), writer.body(450))


def write_pictures(folder: Path) -> None:
    """Write the pictures that posts show: small PNGs, each of one colour."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, PICTURES + 1):
        (folder / f"photo-{number:02}.png").write_bytes(_png(320, 200, number * 6 % 256))


def yaml_header(post: Post, more: str = "") -> str:
    """Give front matter as cogen and Hugo read it; ``more`` holds further lines."""
    return (
        f"---\ntitle: {json.dumps(post.title, ensure_ascii=False)}\ndate: {post.date.isoformat()}Z\n"
        f"slug: {post.slug}\ntags: [{', '.join(post.tags)}]\nauthor: {post.author}\n"
        f"summary: {json.dumps(post.summary, ensure_ascii=False)}\n{more}---\n\n"
    )


def line_header(post: Post) -> str:
    """Give the header lines that Pelican reads."""
    return (
        f"Title: {post.title}\nDate: {post.date:%Y-%m-%d %H:%M:%S}\nSlug: {post.slug}\n"
        f"Tags: {', '.join(post.tags)}\nAuthor: {post.author}\nSummary: {post.summary}\n\n"
    )


def _tags() -> list[str]:
    """Give the tags, the most used first: three of four are one word."""
    chance = random.Random(SEED)
    single = [thing for thing in dict.fromkeys(THINGS) if "-" not in thing and thing.isascii()]
    chance.shuffle(single)
    pairs = dict.fromkeys(f"{chance.choice(KINDS)} {chance.choice(single)}" for _ in range(TAGS))
    tags = [*single[: TAGS * 3 // 4], *pairs][:TAGS]
    chance.shuffle(tags)
    return tags


def _some_tags(chance: random.Random, tags: list[str], weights: list[float]) -> tuple[str, ...]:
    wanted = chance.choices(*TAGS_PER_POST)[0]
    chosen: dict[str, None] = {}
    while len(chosen) < wanted:
        chosen[chance.choices(tags, weights)[0]] = None
    return tuple(chosen)


def _name(number: int, count: int) -> tuple[str, str]:
    chance = random.Random(f"{SEED}/{count}/title/{number}")
    kind, thing, other, place = (chance.choice(words) for words in (KINDS, THINGS, THINGS, PLACES))
    title = chance.choice(
        (
            f"A {kind} {thing} for {place}",
            f"What the {thing} taught the {other}",
            f"{place}: the {kind} {thing}, one year on",
            f"Minutes & notes: {thing} and {other}",
            f"“{kind.capitalize()}”, said the {thing}",
        )
    )
    kept = "".join(char if char.isascii() and char.isalnum() else " " for char in title.lower())
    return title, "-".join([*kept.split(), str(number + 1)])


@dataclass
class Writer:
    """Writes sentences that parse, if they do not mean."""

    chance: random.Random
    links: list[str]

    def body(self, words: int) -> str:
        """Give the Markdown of a post of about so many words."""
        blocks: list[str] = []
        extras = [block for block, share in self._extras() if self.chance.random() < share]
        self.chance.shuffle(extras)
        places = sorted(self.chance.random() * words * 0.9 for _ in extras)
        headings = self.chance.randint(2, 4)
        next_heading = words / (headings + 1)
        written = made = 0
        while written < words or made < headings:
            if made < headings and written >= next_heading * (made + 0.8):
                blocks.append(self.heading(made))
                made += 1
            text = self.paragraph(min(self.chance.randint(30, 95), max(18, words - written)))
            blocks.append(text)
            written += text.count(" ") + 1
            while extras and written >= places[0]:
                places.pop(0)
                blocks.append(extras.pop()())
                written += blocks[-1].count(" ") if blocks[-1][0] in ">-1" else 0
        return "\n\n".join(blocks) + "\n"

    def _extras(self) -> tuple[tuple[Callable[[], str], float], ...]:
        return (
            (self.table, 0.20),
            (self.code, 0.03),
            (self.picture, 0.20),
            (self.quotation, 0.25),
            (lambda: self.items("- {}"), 0.55),
            (lambda: self.items("{n}. {}"), 0.15),
        )

    def thing(self) -> str:
        """Give a noun with its article and, often, an adjective."""
        article = self.chance.choice(("the", "our", "their", "one", "this"))
        kind = self.chance.choice(KINDS) + " " if self.chance.random() < 0.45 else ""
        return f"{article} {kind}{self.chance.choice(THINGS)}"

    def clause(self) -> str:
        """Give a subject, a verb, an object and, often, a place."""
        where = f" {self.chance.choice(WHERE)} {self.thing()}" if self.chance.random() < 0.55 else ""
        return f"{self.thing()} {self.chance.choice(DEEDS)} {self.thing()}{where}"

    def sentence(self) -> str:
        """Give a sentence of one or two clauses."""
        text = self.clause()
        if self.chance.random() < 0.55:
            text += f", {self.chance.choice(JOINTS)} {self.clause()}"
        if self.chance.random() < 0.25:
            text = f"{self.chance.choice(STARTS)}, {text}"
        if self.chance.random() < 0.05:
            text += f' ("{self.thing()}", {self.chance.randint(2, 90)} in all)'
        return text[0].upper() + text[1:] + self.chance.choice("......?!")

    def paragraph(self, words: int) -> str:
        """Give sentences until there are so many words; one in six carries a link or an emphasis."""
        sentences: list[str] = []
        written = 0
        while written < words:
            text = self.sentence()
            written += text.count(" ") + 1
            sentences.append(self.marked(text) if self.chance.random() < 0.16 else text)
        return " ".join(sentences)

    def marked(self, text: str) -> str:
        """Make a link, an emphasis or code of a few words inside a sentence."""
        words = text.split(" ")
        if len(words) < 8:
            return text
        start = self.chance.randrange(2, len(words) - 4)
        end = start + self.chance.randint(1, 3)
        span = " ".join(words[start:end])
        if not span.replace(" ", "").isalpha():
            return text
        form = self.chance.choices(("[{}]({})", "*{}*", "**{}**", "`{}`"), (45, 25, 22, 8))[0]
        return " ".join([*words[:start], form.format(span, self.chance.choice(self.links)), *words[end:]])

    def heading(self, already: int) -> str:
        """Give a heading; the first is of the second level, some later ones of the third."""
        level = "##" if not already or self.chance.random() < 0.6 else "###"
        text = self.thing().partition(" ")[2]
        return f"{level} {text.capitalize()} {self.chance.choice(WHERE)} {self.thing()}"

    def table(self) -> str:
        """Give a table of three or four columns, some aligned to the right."""
        columns = self.chance.randint(3, 4)
        head = [self.chance.choice(THINGS).capitalize() for _ in range(columns)]
        rule = ["---", *(self.chance.choice(("---", "---:")) for _ in range(columns - 1))]
        rows = [
            [self.chance.choice(THINGS), *(str(self.chance.randint(1, 9000)) for _ in range(columns - 1))]
            for _ in range(self.chance.randint(3, 7))
        ]
        return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))

    def code(self) -> str:
        """Give a fenced block of code."""
        language = self.chance.choice(sorted(CODE))
        return f"```{language}\n{CODE[language]}\n```"

    def picture(self) -> str:
        """Give a picture with its alternative text."""
        return f"![{self.thing().capitalize()}](/images/photo-{self.chance.randint(1, PICTURES):02}.png)"

    def quotation(self) -> str:
        """Give a quotation of one paragraph."""
        return "> " + self.paragraph(self.chance.randint(20, 45))

    def items(self, form: str) -> str:
        """Give a list of three to six sentences."""
        return "\n".join(form.format(self.sentence(), n=n + 1) for n in range(self.chance.randint(3, 6)))


def _png(width: int, height: int, shade: int) -> bytes:
    """Give a picture of one grey, as the PNG specification (ISO 15948) wants it."""
    rows = (b"\0" + bytes([shade]) * width) * height

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )
