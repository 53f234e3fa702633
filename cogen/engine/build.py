"""A build or a check, from a request to a report. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

from cogen.engine.beginning import begun
from cogen.engine.lock import OnWait, tell_nobody
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.shortcut import repeat


def build(request: Request, progress: Progress, on_wait: OnWait = tell_nobody) -> Report:
    """Build or check a site; a build that has nothing to do gives its last report again.

    ``on_wait`` hears of another build that has to end first.

    Raises ProjectError where there is no site or the output folder is not ours, MachineError where the disk
    fails.  What is wrong with the content is in the report.
    """
    with begun(request, on_wait) as start:
        if start.last_path and start.publication and start.publication.is_marked and request.uses_cache:
            report = repeat(start.last_path, request, start.seen, start.engine, start.publication)
            if report is not None:
                return report
        from cogen.engine.gathering import gathered  # noqa: PLC0415 it brings Markdown and YAML with it

        with gathered(request, start) as given:
            from cogen.engine.pipeline import run  # noqa: PLC0415 it brings templates with it, while workers read

            return run(request, start, given, progress).report
