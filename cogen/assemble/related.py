"""Posts that a reader of one may want next: they share its rarest topics, and lie near it in time. Layer: assemble.

A tag may have thousands of posts, so only the nearest in each of a post's lists are looked at.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from cogen.assemble.site import Post, Site

_MOST: Final = 3
_REACH: Final = 4
"""Posts before and after it that are looked at in each list."""
_WEIGHT: Final = 64
"""Of a list of one post; it falls as the length of the list doubles, so that one more post seldom changes it."""


class Relations:
    """Finds related posts; remembers where each post stands in the lists it was asked about."""

    def __init__(self, site: Site) -> None:
        """Begin with nothing looked at."""
        self._site = site
        self._places: dict[tuple[str, str], Mapping[str, int]] = {}

    def of(self, post: Post, known: Collection[Post]) -> tuple[Post, ...]:
        """Give at most three, the nearest first, without those that the reader is shown anyway."""
        scores: dict[str, int] = {}
        found: dict[str, Post] = {}
        own = post.document.path
        for name, posts in self._lists(post):
            at = self._places_in(name, posts).get(own)
            if at is None or len(posts) == 1:
                continue
            weight = _WEIGHT // len(posts).bit_length()
            for other in posts[max(0, at - _REACH) : at + _REACH + 1]:
                path = other.document.path
                scores[path] = scores.get(path, 0) + weight
                found[path] = other
        for each in (post, *known):
            scores.pop(each.document.path, None)
        if not scores:
            return ()
        least = sorted(scores.values(), reverse=True)[:_MOST][-1]
        written = post.document.date.timestamp
        best = [
            (-score, abs(found[path].document.date.timestamp - written), path)
            for path, score in scores.items()
            if score >= least
        ]
        return tuple(found[path] for _, _, path in sorted(best)[:_MOST])

    def _lists(self, post: Post) -> Iterator[tuple[tuple[str, str], tuple[Post, ...]]]:
        """Give the lists it stands in with others."""
        for tag in post.tags:
            yield ("tag", tag), self._site.posts_by_tag.get(tag, ())
        if post.project:
            yield ("project", post.project), self._site.posts_by_project.get(post.project, ())

    def _places_in(self, name: tuple[str, str], posts: tuple[Post, ...]) -> Mapping[str, int]:
        if name not in self._places:
            self._places[name] = {post.document.path: at for at, post in enumerate(posts)}
        return self._places[name]
