"""What happens to a site before a build is measured, and the rounds in which all racers run in turn."""

import http.client
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import corpus
import measure
from racers import RaceError, Racer, free_port, rendered

EDITS = 5
"""Saves in one round of ``serve``."""
POLL_S = 0.005
_PATIENCE_S = 900
Results = dict[str, dict[str, list[measure.Measure]]]
"""Scenario → name of the racer → its runs, one a round."""


def race(racers: list[Racer], count: int, runs: int, scenarios: list[str]) -> Results:
    """Let all run in turn, again and again; the first of a round is another one each time."""
    results: Results = {scenario: {} for scenario in scenarios}
    for number in range(runs):
        turn = number % len(racers)
        for scenario in scenarios:
            for racer in [*racers[turn:], *racers[:turn]]:
                if scenario == "serve" and racer.server is None:
                    continue
                run = SCENARIOS[scenario](racer, count, number)
                results[scenario].setdefault(racer.name, []).append(run)
                made = rendered(run)
                told = "" if made is None else f", {made:,} files rendered"
                say(f"{count:,} posts, {scenario} {number + 1}: {racer.name} {run.wall_s:.3f} s{told}")
    return results


def say(text: str) -> None:
    """Tell how far the race is, on stderr."""
    print(text, file=sys.stderr, flush=True)


def _cold(racer: Racer, _count: int, _number: int) -> measure.Measure:
    racer.start_cold()
    return racer.build()


def _unchanged(racer: Racer, _count: int, _number: int) -> measure.Measure:
    return racer.build()


def _edited(racer: Racer, _count: int, number: int) -> measure.Measure:
    _save(_middle(racer), f"One more sentence, the {number + 1}.")
    return racer.build()


def _added(racer: Racer, count: int, number: int) -> measure.Measure:
    corpus.write_post(corpus.newest(count, number), racer.posts, racer.header)
    return racer.build()


def _served(racer: Racer, _count: int, number: int) -> measure.Measure:
    """Measure how long it takes, as a median, from the save of a post until its page has the new text."""
    if racer.server is None:
        raise RaceError(f"{racer.name} has no server")
    port = free_port()
    post = _middle(racer)
    path = f"/posts/{post.stem}/"
    taken_s = []
    with measure.Running([*racer.server, "--port", str(port)], racer.site) as server:
        _wait_for("</html>", port, path, server)
        for edit in range(EDITS):
            time.sleep(1 + edit * 0.037)  # pauses that differ, so as not to march in step with who polls
            text = f"Saved in round {number + 1}, the {edit + 1}."
            started_s = time.perf_counter()
            _save(post, text)
            _wait_for(text, port, path, server)
            taken_s.append(time.perf_counter() - started_s)
        run = server.end()
    racer.build()  # what comes next begins with a site that is built
    return replace(run, wall_s=statistics.median(taken_s))


SCENARIOS: dict[str, Callable[[Racer, int, int], measure.Measure]] = {
    "cold": _cold,
    "unchanged": _unchanged,
    "edited": _edited,
    "added": _added,
    "serve": _served,
}
"""What each does with a racer, the number of posts and the number of the round, on a site that is built."""


def _middle(racer: Racer) -> Path:
    """Give the post in the middle, which no list of the newest shows."""
    posts = sorted(racer.posts.rglob("*-*.md"))
    return posts[len(posts) // 2]


def _save(post: Path, sentence: str) -> None:
    """Add a paragraph at the end, by one write; the summary stands in the header and stays."""
    with post.open("a", encoding="utf-8") as file:
        file.write(f"\n{sentence}\n")


def _wait_for(text: str, port: int, path: str, server: measure.Running) -> None:
    deadline_s = time.perf_counter() + _PATIENCE_S
    while text.encode() not in _get(port, path):
        if not server.is_alive:
            raise RaceError(f"a server ended by itself:\n{server.wait().output}")
        if time.perf_counter() > deadline_s:
            raise RaceError(f"{path} does not come to show {text!r}:\n{server.end().output}")
        time.sleep(POLL_S)


def _get(port: int, path: str) -> bytes:
    """Fetch a page; nothing where there is none yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except (http.client.HTTPException, OSError):
        return b""
    finally:
        connection.close()
