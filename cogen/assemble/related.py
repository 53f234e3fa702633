"""Posts that a reader of one may want next: they share its rarest topics, and lie near it in time. Layer: assemble.

A tag may have thousands of posts, so only the nearest in each of a post's lists are looked at.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from cogen.assemble.site import Post, Site

_MOST: Final = 3
_REACH: Final = 4
"""Posts before and after it that are looked at in each list."""
_WEIGHT: Final = 64
"""Of a list of one post; it falls as the length of the list doubles, so that one more post seldom changes it."""


class Relations:
    """Finds related posts; remembers where each post stands in the lists it was asked about.

    Posts have numbers here: this is asked for each of them, and a number is added up sooner than a path.
    """

    def __init__(self, site: Site) -> None:
        """Begin with nothing looked at."""
        self._site = site
        self._numbers: dict[str, int] = {}
        self._posts: list[Post] = []
        self._timestamps: list[int] = []
        self._lists: dict[tuple[str, str], tuple[Sequence[int], Mapping[int, int]]] = {}
        """The numbers of the posts of a list, and the place of each number."""

    def of(self, post: Post, known: Collection[Post]) -> tuple[Post, ...]:
        """Give at most three, the nearest first, without those that the reader is shown anyway."""
        own = self._number(post)
        scores: dict[int, int] = {}
        for numbers, places in self._lists_of(post):
            at = places.get(own)
            if at is None or len(numbers) == 1:
                continue
            weight = _WEIGHT // len(numbers).bit_length()
            for number in numbers[max(0, at - _REACH) : at + _REACH + 1]:
                scores[number] = scores.get(number, 0) + weight
        for each in (post, *known):
            scores.pop(self._number(each), None)
        if not scores:
            return ()
        least = sorted(scores.values(), reverse=True)[:_MOST][-1]
        timestamps, written = self._timestamps, post.document.date.timestamp
        best = [
            (-score, abs(timestamps[number] - written), self._posts[number].document.path, number)
            for number, score in scores.items()
            if score >= least
        ]
        return tuple(self._posts[number] for *_, number in sorted(best)[:_MOST])

    def _lists_of(self, post: Post) -> Iterator[tuple[Sequence[int], Mapping[int, int]]]:
        """Give the lists it stands in with others."""
        for tag in post.tags:
            yield self._list(("tag", tag), self._site.posts_by_tag.get(tag, ()))
        if post.project:
            yield self._list(("project", post.project), self._site.posts_by_project.get(post.project, ()))

    def _list(
        self, name: tuple[str, str], posts: tuple[Post, ...]
    ) -> tuple[Sequence[int], Mapping[int, int]]:
        if (known := self._lists.get(name)) is None:
            numbers = list(map(self._number, posts))
            known = self._lists[name] = numbers, {number: at for at, number in enumerate(numbers)}
        return known

    def _number(self, post: Post) -> int:
        path = post.document.path
        if (known := self._numbers.get(path)) is None:
            known = self._numbers[path] = len(self._posts)
            self._posts.append(post)
            self._timestamps.append(post.document.date.timestamp)
        return known
