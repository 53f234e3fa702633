"""Each output is kept where its key says so, else made and staged; on every core. Layer: engine.

``key = H(engine, maker and its template closure, view)``.  The same key: what the last build wrote is right.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec

from cogen.assemble.frames import Frames
from cogen.assemble.outputs import Output
from cogen.assemble.studio import Studio
from cogen.engine.compressing import COPIES, LEAST_BYTES, compressor
from cogen.engine.explaining import difference, parts_of
from cogen.engine.fingerprint import picture_engine
from cogen.engine.judging import merged
from cogen.engine.manifest import Entry, Manifest, dump_manifest
from cogen.engine.request import Progress
from cogen.engine.searching import SearchEngine
from cogen.engine.sync import Publication, require_contained
from cogen.engine.workers import Workers, usable_jobs
from cogen.engine.workshop import Workshop, maker_closure, templates_of
from cogen.model.diagnostics import ContentError, Diagnostic
from cogen.model.hashing import encode, hash_bytes, hash_value
from cogen.model.urls import SEARCH_FOLDER, is_compressible
from cogen.read.files import Stamp, read_bytes
from cogen.render.checked import Checked
from cogen.render.templates import Templates

_LEAST_OUTPUTS_A_WORKER = 200
_FEED = "feed"
_PICTURE = "picture"
_SEARCH = f"{SEARCH_FOLDER}/"


class Desk(msgspec.Struct, frozen=True):
    """Where the outputs in one language are made."""

    studio: Studio
    templates: Templates
    workshop: Workshop


class RenderJob(msgspec.Struct, frozen=True):
    """What is to be made, and by what."""

    outputs: tuple[Output, ...]
    desks: Mapping[str, Desk]
    """By edition: the main language's, empty, is there always."""
    engine: str
    checked: Checked
    last: Manifest
    """What the last build left; empty where nothing is to be remembered."""
    explains: bool = False
    """Tell of each output that is made why."""


class _Share(msgspec.Struct, frozen=True):
    """What one worker has done."""

    entries: dict[str, Entry]
    staged: list[tuple[str, str]]
    """Path and name under which it was staged."""
    rendered: list[tuple[str, str]]
    """Path, and why where that is asked for."""
    findings: list[tuple[int, Diagnostic]]
    """Each with the index of the output at which it was found first, -1 before all."""


_SHARE = msgspec.msgpack.Decoder(_Share)


class Rendering:
    """One build's outputs on their way into the output folder; without a publication they go nowhere."""

    def __init__(self, job: RenderJob, publication: Publication | None, *, stages: bool = True) -> None:
        """Begin with nothing made; without ``stages``, as nothing will be published, nothing is written either."""
        self._job = job
        self._publication = publication
        self._stages = stages
        self._present: Mapping[str, Stamp] = publication.present.files if publication else {}
        self._entries: dict[str, Entry] = {}
        self._prefixes: dict[tuple[str, str], bytes] = {}
        self._frames = {edition: Frames(desk.studio) for edition, desk in job.desks.items()}
        self._derived = 0
        self.rendered: list[tuple[str, str]] = []
        """Path of each output that was made, and why where that is asked for."""

    def run(self, jobs: int, progress: Progress) -> tuple[Diagnostic, ...]:
        """Make what is not there already, but for pictures; gives all that was found on the way."""
        outputs = self._job.outputs
        indices = [index for index, output in enumerate(outputs) if output.maker != _PICTURE]
        used = usable_jobs(jobs, len(indices), _LEAST_OUTPUTS_A_WORKER)
        return self._run_shares(_parted(outputs, indices, used), partial(progress, "render"))

    def run_pictures(self, jobs: int, progress: Progress) -> tuple[Diagnostic, ...]:
        """Make the pictures that are not there already: last, because who mends a text should not wait for them."""
        outputs = self._job.outputs
        by_source: defaultdict[str, list[int]] = defaultdict(list)
        for index, output in enumerate(outputs):
            if output.maker == _PICTURE and not self._keep_picture(output):
                by_source[output.origin].append(index)
        used = usable_jobs(jobs, len(by_source), 1)
        shares: list[list[int]] = [[] for _ in range(used)]
        for number, indices in enumerate(by_source.values()):
            shares[number % used] += indices
        return self._run_shares(shares, partial(progress, "pictures"))

    def _keep_picture(self, output: Output) -> bool:
        view = output.view(self._frames[output.edition])
        key = hash_bytes(self._prefix(output) + encode(view))
        entry = self._in_place(output.path, key)
        if entry is not None:
            self._entries[output.path] = entry
        return entry is not None

    def run_search(self, engine: SearchEngine) -> None:
        """Index the pages that are to be found, where one of them is another, and publish the index with them."""
        publication = self._publication
        if publication is None:
            return
        made = self._entries
        pages = sorted(each.path for each in self._job.outputs if each.is_searched and each.path in made)
        digests = [(path, made[path].digest) for path in pages]
        key = hash_value(self._job.engine, engine.identity, digests)
        last = self._job.last.entries
        index = [path for path in last if path.startswith(_SEARCH) and not path.endswith(COPIES)]
        kept = {path: entry for path in index if (entry := self._in_place(path, key)) is not None}
        if index and len(kept) == len(index):
            self._entries |= kept
            return
        with publication.scratch() as folder:
            files = engine.index(publication.current(pages), folder)
        for path, data in files.items():
            self._publish_derived(publication, path, data, key, "a page that it finds is another")

    def run_compression(self, formats: Sequence[str]) -> None:
        """Publish compressed copies beside the text files, where these are others than before."""
        publication = self._publication
        if publication is None or not formats:
            return
        texts = {path: entry.digest for path, entry in self._entries.items() if is_compressible(path)}
        planned = frozenset(self._entries)
        for kind in formats:
            keys = {
                path: hash_value(self._job.engine, kind, digest)
                for path, digest in texts.items()
                if f"{path}.{kind}" not in planned
            }
            kept = {path: self._in_place(f"{path}.{kind}", key) for path, key in keys.items()}
            self._entries |= {f"{path}.{kind}": entry for path, entry in kept.items() if entry is not None}
            compress = compressor(kind)
            for path, data in publication.current(path for path in keys if kept[path] is None).items():
                if len(data) >= LEAST_BYTES:
                    copy, reason = f"{path}.{kind}", "the file that it is a copy of is another"
                    self._publish_derived(publication, copy, compress(data), keys[path], reason)

    def _publish_derived(
        self, publication: Publication, path: str, data: bytes, key: str, reason: str
    ) -> None:
        """Stage a file that is made of others that are published."""
        self._derived += 1
        self.rendered.append((path, reason if self._job.explains else ""))
        name = f"derived-{self._derived}"
        seen, is_staged = publication.put(path, data, name)
        self._entries[path] = Entry(key, hash_bytes(data), seen, b"")
        if is_staged:
            publication.adopt(path, name)

    def _run_shares(
        self, shares: list[list[int]], progress: Callable[[int, int], None]
    ) -> tuple[Diagnostic, ...]:
        total, used = sum(map(len, shares)), len(shares)
        done = 0

        def report(count: int) -> None:
            nonlocal done
            done += count
            progress(done, total)

        def work(number: int, add: Callable[[int], None]) -> bytes:
            return encode(self._work(number, shares[number], add))

        with Workers(used, work) as workers:
            done_shares = [_SHARE.decode(result) for result in workers.results(report)]
        for share in done_shares:
            self._entries |= share.entries
            for path, name in share.staged:
                self._adopt(path, name)
            self.rendered += share.rendered
        return merged([share.findings for share in done_shares])

    def _work(self, number: int, indices: Sequence[int], add: Callable[[int], None]) -> _Share:
        share = _Share({}, [], [], [])
        desks = self._job.desks
        share.findings.extend((-1, each) for desk in desks.values() for each in desk.studio.findings)
        for index in indices:
            output = self._job.outputs[index]
            reported = desks[output.edition].studio.findings
            known = len(reported)
            try:
                self._output(output, f"{number}-{index}", share)
            except ContentError as error:
                share.findings.extend((index, each) for each in error.findings)
            if len(reported) > known:
                share.findings.extend((index, each) for each in islice(reported, known, None))
            add(1)
        return share

    def _output(self, output: Output, name: str, share: _Share) -> None:
        """See to one output: it stays as it is, or is made and staged."""
        path = output.path
        view = output.view(self._frames[output.edition])
        encoded, prefix = encode(view), self._prefix(output)
        key = hash_bytes(prefix + encoded)
        if (entry := self._in_place(path, key)) is not None:
            share.entries[path] = entry
            return
        data = self._job.desks[output.edition].workshop.make(output.maker, view)
        if self._publication is None or not self._stages:
            require_contained(path)  # what is not written is refused, too
        else:
            seen, is_staged = self._publication.put(path, data, name)
            parts = parts_of(prefix, encoded)
            share.entries[path] = Entry(key, hash_bytes(data), seen, parts)
            if is_staged:
                share.staged.append((path, name))
        reason = self._reason(output, key, encoded) if self._job.explains else ""
        share.rendered.append((path, reason))

    def _prefix(self, output: Output) -> bytes:
        """Give what goes into the key of an output before its view: engine, maker and all its template reaches."""
        maker = output.maker
        if (known := self._prefixes.get((output.edition, maker))) is None:
            engine = picture_engine() if maker == _PICTURE else self._job.engine
            closure = maker_closure(self._job.desks[output.edition].templates, maker)
            known = encode((engine, maker, closure))
            self._prefixes[output.edition, maker] = known
        return known

    def _in_place(self, path: str, key: str) -> Entry | None:
        """Give the entry of a file that is there already, byte for byte."""
        entry, present = self._job.last.entries.get(path), self._present.get(path)
        if entry is None or present is None or entry.key != key or self._publication is None:
            return None
        if present == entry.seen:
            return entry
        if present.size_bytes != entry.seen.size_bytes:
            return None
        if hash_bytes(read_bytes(self._publication.output_path / path)) != entry.digest:
            return None
        return msgspec.structs.replace(entry, seen=present)

    def _reason(self, output: Output, key: str, encoded: bytes) -> str:
        last, maker = self._job.last, output.maker
        entry = last.entries.get(output.path)
        if entry is None:
            return "it is new"
        if entry.key == key:
            return "the file in the output folder was changed or is gone"
        if last.engine != self._job.engine:
            return "another version of cogen, or of what it renders with"
        reached = templates_of(self._job.desks[output.edition].templates, maker)
        return difference(entry.parts, self._prefix(output), encoded, last.templates.get(maker, {}), reached)

    def _adopt(self, path: str, name: str) -> None:
        if self._publication is not None:
            self._publication.adopt(path, name)

    def publish(self, manifest_path: Path | None) -> int:
        """Put everything in place, the manifest last (where one is kept); give the number of files removed."""
        if self._publication is None:
            return 0
        removed = self._publication.commit(self._entries.keys())
        for path, seen in self._publication.placed.items():
            self._entries[path] = msgspec.structs.replace(self._entries[path], seen=seen)
        if manifest_path and self.manifest != self._job.last:
            dump_manifest(manifest_path, self.manifest)
        return removed

    @property
    def manifest(self) -> Manifest:
        """What the output folder holds once everything is in place."""
        makers = dict.fromkeys(output.maker for output in self._job.outputs if "/" in output.maker)
        main = self._job.desks[""].templates
        templates = {maker: templates_of(main, maker) for maker in makers}
        return Manifest(self._job.engine, templates, self._job.checked, self._entries)


def _parted(outputs: Sequence[Output], chosen: Iterable[int], count: int) -> list[list[int]]:
    """Part outputs among workers so that few cards are made by two of them.

    All lists have the newest posts first, so each worker has the same stretch of every list, and of all pages.
    """
    lists: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index in chosen:
        lists[outputs[index].maker, outputs[index].origin].append(index)
    stretches: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for (maker, origin), indices in lists.items():
        is_alone = len(indices) == 1 or maker == _FEED  # a list's feeds share their entries
        stretches[maker, "" if is_alone else origin] += indices
    parts: list[list[int]] = [[] for _ in range(count)]
    for indices in stretches.values():
        for position, index in enumerate(indices):
            parts[position * count // len(indices)].append(index)
    return [sorted(part) for part in parts]
