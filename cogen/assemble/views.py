"""What templates and other makers may see: the theme API. Layer: assemble.

A template sees its view and nothing else, and the view's encoding is what its key is made of.  So a view
holds only text, numbers, days, moments, tuples, ``Html``, records of free values and other views; a test
walks every type here and refuses the rest.  Every ``url`` is ready to print (percent-encoded, with the base
path); every ``absolute_url`` has scheme and host.

Two kinds of field are promises of HTML that is made only when the output is rendered: ``Fragment`` (a small
template rendered once for all who show it) and ``BodyRef`` (a long text that lies in the store).  A template
sees both as ``Html``.

The module is long on purpose: it is one table of declarations, and whoever writes a theme reads it in one place.
"""

import datetime as dt

import msgspec

from cogen.model.body import Heading, PictureFill
from cogen.model.html import Html
from cogen.model.moments import Moment
from cogen.model.values import Record, Value

# ---- promises -----------------------------------------------------------------------------------------


class Fragment(msgspec.Struct, frozen=True, tag="fragment"):
    """HTML that some fragment template makes of some view; known by its key until it is needed."""

    key: str
    """Digest of the template's closure and the view."""


class Opening(msgspec.Struct, frozen=True, tag="opening"):
    """What a container component prints before its content."""

    key: str
    """Digest of the template's closure and the view."""


class Closing(msgspec.Struct, frozen=True, tag="closing"):
    """What a container component prints after its content."""

    key: str
    """Digest of the template's closure and the view."""


Fill = str | PictureFill | Fragment | Opening | Closing


class BodyRef(msgspec.Struct, frozen=True, tag="bodyref"):
    """A text in the store with what fills its holes."""

    digest: str
    fills: tuple[Fill, ...] = ()


# ---- small values ----------------------------------------------------------------------------------------


class LinkView(msgspec.Struct, frozen=True, tag="link"):
    """A name and where it leads; ``url`` is empty where there is no page."""

    title: str
    url: str = ""
    language: str = ""
    """Of the title, where that is not the page's."""


class TagView(msgspec.Struct, frozen=True, tag="tag"):
    """A tag, with the number of posts that carry it where a list wants that (else 0)."""

    label: str
    url: str
    slug: str
    count: int = 0
    description: Html = Html("")
    language: str = ""
    """Of the description, where that is not the page's: it is written in the main language of a site in several."""


class PictureView(msgspec.Struct, frozen=True, tag="picture"):
    """A picture."""

    url: str
    absolute_url: str
    alt: str = ""
    width: int = 0
    """Of the original, in pixels; 0 where unknown."""
    height: int = 0
    srcset: str = ""
    """The sizes it is published in, for the attribute of that name; empty where there is one."""
    webp: str = ""
    """Those in WebP, for a ``<source>``."""
    is_further: bool = False
    """True in a directive of a text that shows another picture before it: it need not be loaded at once."""


class PersonView(msgspec.Struct, frozen=True, tag="person"):
    """A person: of people.yaml, or a plain name."""

    name: str
    url: str = ""
    """Their page on this site; empty where authors are not published."""
    slug: str = ""
    role: str = ""
    bio: Html = Html("")
    """Paragraphs, links resolved."""
    image: PictureView | None = None
    website: str = ""
    """Ready to print: with the base path where it leads into the site."""
    email: str = ""
    """Empty unless their contact is public."""
    phone: str = ""
    count: int = 0
    """Posts they wrote, where a list wants that (else 0)."""
    language: str = ""
    """Of role and biography, where that is not the page's."""


class FeedLink(msgspec.Struct, frozen=True, tag="feedlink"):
    """A feed that may be followed."""

    title: str
    url: str
    absolute_url: str
    format: str
    """``rss``, ``atom`` or ``json``."""
    media_type: str
    """For ``<link type>``."""


class FollowGroup(msgspec.Struct, frozen=True, tag="followgroup"):
    """A list on the page about feeds: ``site``, ``tags``, ``authors``, ``programmes``, ``projects``, ``sections``."""

    kind: str
    entries: tuple["FollowEntry", ...]


class FollowEntry(msgspec.Struct, frozen=True, tag="followentry"):
    """Something to follow: its page and its feeds."""

    title: str
    url: str
    feeds: tuple[FeedLink, ...]


class MenuView(msgspec.Struct, frozen=True, tag="menuitem"):
    """One entry of the menu."""

    label: str
    url: str
    is_current: bool = False
    """True where the page shown lies under it: print ``aria-current``."""


class PagerView(msgspec.Struct, frozen=True, tag="pager"):
    """Where a page stands in a list of pages."""

    page: int
    """1-based."""
    pages: int
    newer_url: str = ""
    """Empty on the first page."""
    older_url: str = ""
    """Empty on the last page."""


# ---- cards: what lists show ------------------------------------------------------------------------------


class PostCard(msgspec.Struct, frozen=True, tag="postcard"):
    """A post as lists show it; a change of its body below the summary does not change it."""

    title: str
    url: str
    absolute_url: str
    date: Moment
    updated: Moment | None = None
    section: str = "posts"
    """``posts``, or the name of a section of the author's own."""
    authors: tuple[PersonView, ...] = ()
    """Names and addresses only: no biography."""
    tags: tuple[TagView, ...] = ()
    summary: Html = Html("")
    """Paragraphs or inline HTML, links resolved, without ids and footnotes."""
    description: str = ""
    """The summary as plain text."""
    image: PictureView | None = None
    project: LinkView | None = None
    """The project this is an update of."""
    language: str = ""
    """Set where it differs from the site's."""
    is_hidden: bool = False
    """True where it has a page and stands in no list."""
    extra: Record = Record()


class MilestoneView(msgspec.Struct, frozen=True, tag="milestone"):
    """A step of a project."""

    title: str
    due: dt.date | None = None
    due_days: int | None = None
    """Days after the programme started, where it was written so."""
    done: dt.date | None = None
    """The day it was reached; None while it is not."""


class CellView(msgspec.Struct, frozen=True, tag="cell"):
    """A cell of one of the author's own columns."""

    key: str
    """Of its column."""
    html: Html


class ProjectCard(msgspec.Struct, frozen=True, tag="projectcard"):
    """A project of a programme."""

    id: str
    name: str
    url: str
    """Its page; empty where projects are not published."""
    description: Html = Html("")
    leads: tuple[PersonView, ...] = ()
    email: str = ""
    phone: str = ""
    status: str = ""
    """``idea``, ``planned``, ``delivering``, ``paused``, ``handed-over``, ``closed`` or empty."""
    due: dt.date | None = None
    due_days: int | None = None
    """Days after the programme started, where it was written so."""
    tag: TagView | None = None
    milestones: tuple[MilestoneView, ...] = ()
    cells: tuple[CellView, ...] = ()
    """The author's own columns."""
    updates: int = 0
    """How many posts report on it."""
    language: str = ""
    """Of its texts, where that is not the page's."""


class ColumnView(msgspec.Struct, frozen=True, tag="column"):
    """A column of a programme's table."""

    key: str
    """``name``, ``description``, ``leads``, ``contact``, ``status``, ``due``, ``tag``, ``updates`` or an own one."""
    label: str
    """Empty: the theme's word for ``key``."""
    is_own: bool = False
    """True where the cells are in ``ProjectCard.cells``."""


class ProgrammeCard(msgspec.Struct, frozen=True, tag="programmecard"):
    """A programme as lists show it."""

    title: str
    url: str
    summary: Html
    tag: TagView | None
    started: dt.date | None
    columns: tuple[ColumnView, ...]
    projects: tuple[ProjectCard, ...]
    """All of them on the programme's page; those asked for in a directive."""
    language: str = ""
    """Of its texts, where that is not the page's."""


class StatusCount(msgspec.Struct, frozen=True, tag="statuscount"):
    """How many projects have come so far."""

    status: str
    """``idea``, ``planned``, ``delivering``, ``paused``, ``handed-over`` or ``closed``."""
    count: int


class ProgrammeState(msgspec.Struct, frozen=True, tag="programmestate"):
    """How far a programme is, in numbers: what a home page shows, and no project's words."""

    title: str
    url: str
    """Empty where projects are not published."""
    summary: Html
    count: int
    """Projects, those without a status included."""
    states: tuple[StatusCount, ...]
    """The statuses that some of its projects have, in the order in which a project goes through them."""
    updates: int
    """Posts about it."""
    language: str = ""
    """Of title and summary, where that is not the page's."""


class EventCard(msgspec.Struct, frozen=True, tag="eventcard"):
    """An event as lists show it."""

    title: str
    url: str
    absolute_url: str
    start: Moment
    end: Moment | None = None
    is_all_day: bool = False
    """True where only the days of ``start`` and ``end`` count."""
    place_name: str = ""
    """What people call it: ``Town hall``."""
    place_address: str = ""
    """Street and town."""
    map_url: str = ""
    """Ready to print, like the two below: with the base path where it leads into the site."""
    online_url: str = ""
    """Where to join from afar."""
    booking_url: str = ""
    """Where to book."""
    status: str = "confirmed"
    summary: Html = Html("")
    description: str = ""
    tags: tuple[TagView, ...] = ()
    image: PictureView | None = None
    language: str = ""
    is_hidden: bool = False
    """True where it has a page and stands in no list."""
    extra: Record = Record()


class AgendaView(msgspec.Struct, frozen=True, tag="agenda"):
    """One line of an agenda."""

    time: str
    title: str
    speaker: PersonView | None = None
    """None where nobody is named."""


# ---- what every page has -----------------------------------------------------------------------------------


class LanguageView(msgspec.Struct, frozen=True, tag="language"):
    """A language of the site, and where a page's readers go for it."""

    language: str
    """BCP 47, for ``lang`` and ``hreflang``."""
    name: str
    """What its speakers call it."""
    url: str
    """The same page in that language; the home page where there is none."""
    absolute_url: str
    is_current: bool = False
    """True for the language of the page itself."""
    is_translation: bool = False
    """True where ``url`` is the same page: print ``hreflang``."""


class SiteView(msgspec.Struct, frozen=True, tag="site"):
    """The site, for every page and fragment."""

    title: str
    url: str
    """The link of the home page in the page's language."""
    absolute_url: str
    """The address of the whole site."""
    base: str
    """The path the site lies under: ``/blog``, or empty."""
    description: str
    language: str
    follow_url: str = ""
    """The page about feeds; empty where no feed is published."""
    tags_url: str = ""
    """The index of tags; empty where there is none, as for the four below."""
    archive_url: str = ""
    """The years and months."""
    authors_url: str = ""
    """All who wrote."""
    projects_url: str = ""
    """All programmes."""
    events_url: str = ""
    """All events."""
    reply_email: str = ""
    """Where readers are invited to write; empty where they are not."""
    search_url: str = ""
    """The page for search; empty where there is none."""
    icon_url: str = ""
    """The site's own icon; empty where the theme's is to be shown."""
    touch_icon_url: str = ""
    """A larger one for the home screens of telephones; empty where there is none."""


class HeadView(msgspec.Struct, frozen=True, tag="head"):
    """What a page says of itself to browsers and search engines."""

    title: str
    """Of the page alone, unique where it can be (``Tulse Hill, page 2``)."""
    description: str
    url: str
    canonical: str
    """Absolute."""
    kind: str
    """The template's name without extension: ``post``, ``tag`` …"""
    feeds: tuple[FeedLink, ...] = ()
    """For autodiscovery, the page's own first, then the site's."""
    is_indexed: bool = True
    """False: print ``noindex``."""
    image: PictureView | None = None
    published: Moment | None = None
    modified: Moment | None = None
    """When its text last changed, where the author said so."""
    language: str = ""
    """Of the text, where it differs from the site's."""
    edit_url: str = ""
    """Where the file can be changed that the page was made of; empty where there is none, or nobody is invited."""
    languages: tuple[LanguageView, ...] = ()
    """All languages of the site, the main one first; none where it has one."""


class DataItem(msgspec.Struct, frozen=True, tag="data"):
    """One value that theme.yaml asked for; a template sees it by its name."""

    name: str
    value: "DataValue"


Cards = (
    tuple[PostCard, ...]
    | tuple[ProjectCard, ...]
    | tuple[ProgrammeState, ...]
    | tuple[EventCard, ...]
    | tuple[TagView, ...]
    | tuple[PersonView, ...]
    | tuple[Heading, ...]
    | tuple[Value, ...]
)
DataValue = Cards | ProgrammeCard | Value


class Frame(msgspec.Struct, frozen=True, tag="frame"):
    """What surrounds the text of every page; a template sees the four fields by their names."""

    site: SiteView
    head: HeadView
    """What the page says of itself."""
    fragments: tuple[tuple[str, Fragment], ...] = ()
    """Name → HTML of ``fragments/NAME.html``; a template reads ``fragments.masthead``."""
    data: tuple[DataItem, ...] = ()
    """What theme.yaml asked for; a template reads each by its own name."""


# ---- pages: one type for each template ------------------------------------------------------------------------


class PostPage(msgspec.Struct, frozen=True, tag="post.html"):
    """A post."""

    frame: Frame
    post: PostCard
    body: BodyRef
    headings: tuple[Heading, ...] = ()
    word_count: int = 0
    older: LinkView | None = None
    """The post before it in its section; None for the first."""
    newer: LinkView | None = None
    """The post after it in its section; None for the latest."""
    related: tuple[LinkView, ...] = ()
    """At most three others that share its tags or its project, the nearest first."""


class PagePage(msgspec.Struct, frozen=True, tag="page.html"):
    """A page; also a home page of the author's own (``pages/index.md``)."""

    frame: Frame
    title: str
    body: BodyRef
    headings: tuple[Heading, ...] = ()
    updated: Moment | None = None
    extra: Record = Record()


class ListPage(msgspec.Struct, frozen=True, tag="list"):
    """A list of posts: ``front.html`` (the first page of the home), ``home.html`` and ``section.html``."""

    frame: Frame
    title: str
    cards: tuple[Fragment, ...]
    """Each post of this page as HTML of ``fragments/card.html``."""
    pager: PagerView
    total: int
    """Posts on all pages of the list."""


class TagPage(msgspec.Struct, frozen=True, tag="tag.html"):
    """A tag's posts."""

    frame: Frame
    tag: TagView
    cards: tuple[Fragment, ...]
    pager: PagerView
    total: int


class TagsPage(msgspec.Struct, frozen=True, tag="tags.html"):
    """The index of tags, in the order of their labels."""

    frame: Frame
    tags: tuple[TagView, ...]


class AuthorPage(msgspec.Struct, frozen=True, tag="author.html"):
    """An author and their posts."""

    frame: Frame
    person: PersonView
    cards: tuple[Fragment, ...]
    pager: PagerView
    total: int


class AuthorsPage(msgspec.Struct, frozen=True, tag="authors.html"):
    """All who wrote, in the order of their names."""

    frame: Frame
    people: tuple[PersonView, ...]


class MonthView(msgspec.Struct, frozen=True, tag="month"):
    """A month of the archive."""

    number: int
    """1 to 12."""
    count: int
    url: str
    """Empty where months have no pages."""


class YearView(msgspec.Struct, frozen=True, tag="year"):
    """A year of the archive."""

    number: int
    """Four digits: 2012."""
    count: int
    url: str
    months: tuple[MonthView, ...]


class ArchivePage(msgspec.Struct, frozen=True, tag="archive.html"):
    """Years and months with counts, the newest first."""

    frame: Frame
    years: tuple[YearView, ...]


class YearPage(msgspec.Struct, frozen=True, tag="year.html"):
    """The posts of a year."""

    frame: Frame
    year: YearView
    cards: tuple[Fragment, ...]
    pager: PagerView


class MonthPage(msgspec.Struct, frozen=True, tag="month.html"):
    """The posts of a month."""

    frame: Frame
    year: YearView
    """Its year, without the other months."""
    month: MonthView
    cards: tuple[Fragment, ...]
    pager: PagerView


class ProjectsPage(msgspec.Struct, frozen=True, tag="projects.html"):
    """All programmes."""

    frame: Frame
    programmes: tuple[ProgrammeCard, ...]


class ProgrammePage(msgspec.Struct, frozen=True, tag="programme.html"):
    """A programme: its table and the posts about it."""

    frame: Frame
    programme: ProgrammeCard
    cards: tuple[Fragment, ...]
    pager: PagerView
    total: int


class ProjectPage(msgspec.Struct, frozen=True, tag="project.html"):
    """A project and its updates, the newest first."""

    frame: Frame
    programme: LinkView
    project: ProjectCard
    cards: tuple[Fragment, ...]


class EventsPage(msgspec.Struct, frozen=True, tag="events.html"):
    """Events to come, the soonest first, and past ones, the latest first."""

    frame: Frame
    upcoming: tuple[EventCard, ...]
    """Not yet over; the soonest first."""
    past: tuple[EventCard, ...]
    """The latest first."""


class EventPage(msgspec.Struct, frozen=True, tag="event.html"):
    """An event."""

    frame: Frame
    event: EventCard
    agenda: tuple[AgendaView, ...]
    body: BodyRef
    headings: tuple[Heading, ...] = ()
    authors: tuple[PersonView, ...] = ()
    """Who holds it."""
    project: LinkView | None = None
    """The project it is part of."""


class FollowPage(msgspec.Struct, frozen=True, tag="follow.html"):
    """Every feed, in words."""

    frame: Frame
    groups: tuple[FollowGroup, ...]
    """In the order shown; none is empty."""


class NotFoundPage(msgspec.Struct, frozen=True, tag="404.html"):
    """What a host shows for an address that leads nowhere."""

    frame: Frame


class SearchPage(msgspec.Struct, frozen=True, tag="search.html"):
    """The page for search."""

    frame: Frame
    bundle_url: str
    """The folder of the index and of what reads it."""


class RedirectPage(msgspec.Struct, frozen=True, tag="redirect.html"):
    """What stands at an old address."""

    site: SiteView
    url: str
    absolute_url: str


# ---- fragments and components --------------------------------------------------------------------------------


class CardView(msgspec.Struct, frozen=True, tag="card.html"):
    """``fragments/card.html``: a post in a list."""

    site: SiteView
    post: PostCard


class MastheadView(msgspec.Struct, frozen=True, tag="masthead.html"):
    """``fragments/masthead.html``."""

    site: SiteView
    menu: tuple[MenuView, ...]


class SiteFragmentView(msgspec.Struct, frozen=True, tag="fragment.html"):
    """Any other ``fragments/NAME.html``: the same on every page (``footer``, side bars)."""

    site: SiteView
    data: tuple[DataItem, ...] = ()
    """What theme.yaml asked for."""


class AttributeItem(msgspec.Struct, frozen=True, tag="attribute"):
    """An attribute of a directive, converted; a template reads ``attributes.name``."""

    name: str
    value: str | int | bool | PictureView | None
    """None where the author left it out."""


class ComponentView(msgspec.Struct, frozen=True, tag="component.html"):
    """``components/NAME.html``; a container prints its Markdown with ``{{ content }}``, once."""

    site: SiteView
    name: str
    label: Html
    """The text in ``[…]``, or empty."""
    attributes: tuple[AttributeItem, ...] = ()
    """All that theme.yaml lists for the component, in that order."""
    data: tuple[DataItem, ...] = ()
    """What theme.yaml asked for."""


# ---- feeds and text files ------------------------------------------------------------------------------------


class EntryContentView(msgspec.Struct, frozen=True, tag="entrycontent"):
    """The HTML of a feed's entry: links absolute, nothing that runs."""

    body: BodyRef
    absolute_url: str
    """Of the entry's page; what ``#fragment`` links are relative to."""
    origin: str
    """``https://example.org``; what root-relative links are relative to."""


class EntryView(msgspec.Struct, frozen=True, tag="entry"):
    """One entry of a feed."""

    id: str
    """As RSS and JSON Feed print it."""
    atom_id: str
    """An absolute IRI."""
    title: str
    absolute_url: str
    published: Moment
    updated: Moment
    summary: str
    """Plain text."""
    content: Fragment | None = None
    """The whole text, where the site publishes it."""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    image: str = ""
    """Absolute, or empty."""


class FeedView(msgspec.Struct, frozen=True, tag="feed"):
    """A feed in one of the three formats."""

    format: str
    """``rss``, ``atom`` or ``json``."""
    id: str
    """An absolute IRI (``urn:uuid:…``)."""
    title: str
    description: str
    home_url: str
    """Absolute: the page whose feed this is."""
    self_url: str
    """Absolute: where this feed lives now."""
    language: str
    updated: Moment
    """The latest of its entries; 1970-01-01 for an empty feed."""
    entries: tuple[EntryView, ...]


class SitemapEntry(msgspec.Struct, frozen=True, tag="sitemapentry"):
    """One page in the sitemap."""

    absolute_url: str
    modified: str = ""
    """RFC 3339 or a bare day; empty where unknown."""


class SitemapView(msgspec.Struct, frozen=True, tag="sitemap"):
    """A sitemap, or with ``is_index`` the index of several."""

    entries: tuple[SitemapEntry, ...]
    is_index: bool = False
    """True where the entries are sitemaps themselves."""


class RobotsView(msgspec.Struct, frozen=True, tag="robots"):
    """robots.txt."""

    sitemap_url: str
    """Absolute."""


class RedirectRulesView(msgspec.Struct, frozen=True, tag="rules"):
    """``_redirects``: old and new link, one a line."""

    rules: tuple[tuple[str, str], ...]


class HeadersView(msgspec.Struct, frozen=True, tag="headers"):
    """``_headers``: what a host is to send with pages and files."""

    base: str
    """The path the site lies under: ``/blog``, or empty."""
    policy: str
    """A Content-Security-Policy, or empty."""


class EmptyFileView(msgspec.Struct, frozen=True, tag="emptyfile"):
    """A file whose name says all."""


class StylesheetView(msgspec.Struct, frozen=True, tag="stylesheet"):
    """A stylesheet of the theme, with the options and addresses its placeholders name."""

    name: str
    digest: str
    """Of the theme file's bytes."""
    options: tuple[tuple[str, Value], ...]
    urls: tuple[tuple[str, str], ...]
    """Asset name → link, for ``url(…)``."""


class PictureFileView(msgspec.Struct, frozen=True, tag="picturefile"):
    """A picture in one size and format, without what the camera noted."""

    digest: str
    """Of the original's bytes."""
    format: str
    """``jpeg``, ``png`` or ``webp``, and of an original also ``gif``, ``avif`` or ``heif``; ``ico`` for an icon in
    three sizes, ``touch`` for one on white."""
    width: int = 0
    """Pixels; 0 for the original's own."""
    quality: int = 0
    """1 to 100; 0 for the original as it is."""
    is_turned: bool = False
    """True for an original that is to be turned."""


class SharePictureView(msgspec.Struct, frozen=True, tag="sharepicture"):
    """A picture with a title on it."""

    title: str
    site_title: str
    """Stands below, and smaller."""
    ground: str
    """A colour of CSS."""
    font: str = ""
    """Digest of the author's own font, or empty."""


class CopyView(msgspec.Struct, frozen=True, tag="copy"):
    """A file that is published as it is."""

    source: str
    """Relative to the site's folder, or ``THEME:assets/x`` for a theme's."""
    digest: str


PageView = (
    PostPage
    | PagePage
    | ListPage
    | TagPage
    | TagsPage
    | AuthorPage
    | AuthorsPage
    | ArchivePage
    | YearPage
    | MonthPage
    | ProjectsPage
    | ProgrammePage
    | ProjectPage
    | EventsPage
    | EventPage
    | FollowPage
    | NotFoundPage
    | SearchPage
)
FragmentView = CardView | MastheadView | SiteFragmentView | ComponentView
View = (
    PageView
    | FragmentView
    | RedirectPage
    | EntryContentView
    | FeedView
    | SitemapView
    | RobotsView
    | RedirectRulesView
    | HeadersView
    | EmptyFileView
    | StylesheetView
    | PictureFileView
    | SharePictureView
    | CopyView
)
