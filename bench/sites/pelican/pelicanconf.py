"""The race's site for Pelican: the same pages and feeds as cogen's, with a theme as lean."""

SITENAME = "Copper Hill Notes"
SITESUBTITLE = "News, minutes and small victories from the people who live here."
SITEURL = "https://notes.example.org"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
PATH = "content"
ARTICLE_PATHS = ["posts"]
STATIC_PATHS = ["images", "robots.txt"]
THEME = "theme"
THEME_STATIC_DIR = "."
EXTRA_PATH_METADATA = {"robots.txt": {"path": "robots.txt"}}
RELATIVE_URLS = False
DELETE_OUTPUT_DIRECTORY = False

ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
YEAR_ARCHIVE_URL = "{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""

DIRECT_TEMPLATES = ["index", "tags", "archives", "follow", "404", "sitemap"]
TAGS_SAVE_AS = "tags/index.html"
ARCHIVES_SAVE_AS = "archive/index.html"
FOLLOW_SAVE_AS = "follow/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"

PAGINATED_TEMPLATES = {"index": 20, "tag": 20, "period_archives": 20}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_DOMAIN = SITEURL
FEED_RSS = "feed.xml"
TAG_FEED_RSS = "tags/{slug}/feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = True

MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}}}


def _busiest(tags: list, wanted: int = 20) -> list:
    """Give the tags that most posts carry."""
    return [tag for tag, _ in sorted(tags, key=lambda pair: -len(pair[1]))[:wanted]]


JINJA_FILTERS = {"busiest": _busiest}
