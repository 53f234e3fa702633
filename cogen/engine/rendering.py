"""Each output is kept where its key says so, else made and staged; on every core. Layer: engine.

``key = H(engine, maker and its template closure, view)``.  The same key: what the last build wrote is right.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from cogen.assemble.frames import Frames
from cogen.assemble.outputs import Output
from cogen.assemble.studio import Studio
from cogen.engine.manifest import Entry, Manifest, Seen, dump_manifest, load_manifest
from cogen.engine.sync import Publication, require_contained
from cogen.engine.workers import run_workers, usable_jobs
from cogen.engine.workshop import Workshop, maker_closure
from cogen.model.diagnostics import ContentError, Diagnostic
from cogen.model.hashing import encode, hash_bytes, hash_value
from cogen.read.files import read_bytes
from cogen.render.templates import Templates

_LEAST_OUTPUTS_A_WORKER = 200


class RenderJob(msgspec.Struct, frozen=True):
    """What is to be made, and by what."""

    outputs: tuple[Output, ...]
    studio: Studio
    templates: Templates
    workshop: Workshop
    engine: str


class _Share(msgspec.Struct, frozen=True):
    """What one worker has done."""

    entries: dict[str, Entry]
    staged: list[tuple[str, str]]
    """Path and name under which it was staged."""
    rendered: int
    findings: list[Diagnostic]


_SHARE = msgspec.msgpack.Decoder(_Share)


class Rendering:
    """One build's outputs on their way into the output folder; without a publication they go nowhere."""

    def __init__(
        self, job: RenderJob, publication: Publication | None, manifest_path: Path | None, *, uses_cache: bool
    ) -> None:
        """Look at what is there: the files, and what the last build said of them."""
        self._job = job
        self._publication = publication
        self._manifest_path = manifest_path
        self._present: Mapping[str, Seen] = publication.present.files if publication else {}
        self._manifest: Manifest = load_manifest(manifest_path) if manifest_path and uses_cache else {}
        self._entries: dict[str, Entry] = {}
        self.rendered = 0

    def run(self, jobs: int, progress: Callable[[str, int, int], None]) -> tuple[Diagnostic, ...]:
        """Make what is not there already; gives all that was found on the way."""
        total = len(self._job.outputs)
        used = usable_jobs(jobs, total, _LEAST_OUTPUTS_A_WORKER)
        frames = Frames(self._job.studio)
        done = 0

        def report(count: int) -> None:
            nonlocal done
            done += count
            progress("render", done, total)

        def work(number: int, add: Callable[[int], None]) -> bytes:
            return encode(self._work(number, used, frames, add))

        shares = [_SHARE.decode(result) for result in run_workers(used, work, report)]
        for share in shares:
            self._entries |= share.entries
            self.rendered += share.rendered
            for path, name in share.staged:
                self._adopt(path, name)
        return tuple(diagnostic for share in shares for diagnostic in share.findings)

    def _work(self, number: int, used: int, frames: Frames, add: Callable[[int], None]) -> _Share:
        share = _Share({}, [], 0, [])
        rendered = 0
        for index in range(number, len(self._job.outputs), used):
            try:
                rendered += self._output(self._job.outputs[index], frames, f"{number}-{index}", share)
            except ContentError as error:
                share.findings.extend(error.findings)
            add(1)
        findings = [*self._job.studio.findings, *share.findings]
        return msgspec.structs.replace(share, rendered=rendered, findings=findings)

    def _output(self, output: Output, frames: Frames, name: str, share: _Share) -> bool:
        """See to one output; say whether it was rendered."""
        require_contained(output.path)  # so that a check, which writes nothing, refuses the same
        view = output.view(frames)
        closure = maker_closure(self._job.templates, output.maker)
        key = hash_value(self._job.engine, output.maker, closure, view)
        if (entry := self._in_place(output.path, key)) is not None:
            share.entries[output.path] = entry
            return False
        data = self._job.workshop.make(output.maker, view)
        if self._publication is not None:
            entry, is_staged = self._publication.put(output.path, data, key, name)
            share.entries[output.path] = entry
            if is_staged:
                share.staged.append((output.path, name))
        return True

    def _in_place(self, path: str, key: str) -> Entry | None:
        """Give the entry of a file that is there already, byte for byte."""
        entry, present = self._manifest.get(path), self._present.get(path)
        if entry is None or present is None or entry.key != key or self._publication is None:
            return None
        if present == entry.seen:
            return entry
        if present.size_bytes != entry.seen.size_bytes:
            return None
        if hash_bytes(read_bytes(self._publication.output_path / path)) != entry.digest:
            return None
        return msgspec.structs.replace(entry, seen=present)

    def _adopt(self, path: str, name: str) -> None:
        if self._publication is not None:
            self._publication.adopt(path, name)

    def publish(self) -> int:
        """Put everything in place, the manifest last; give the number of files removed."""
        if self._publication is None or self._manifest_path is None:
            return 0
        removed = self._publication.commit(self._entries.keys())
        if self._entries != self._manifest:
            dump_manifest(self._manifest_path, self._entries)
        return removed

    @property
    def manifest(self) -> Manifest:
        """What the output folder holds once everything is in place."""
        return self._entries
