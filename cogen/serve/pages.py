"""What the server says in its own name: the reload script, the page of findings, the page for nothing found.

Nothing here reaches a file: the script is put into pages as they are served.  It carries the number of the
build its page is from, so that a page which missed a message is still renewed; messages have no content but
``reload`` and ``failed``.  Layer: serve.
"""

from html import escape
from typing import Final

from cogen.serve.news import BuildState

OWN_FOLDER: Final = "__cogen__"
SCRIPT_URL: Final = f"/{OWN_FOLDER}/reload.js"
EVENTS_URL: Final = f"/{OWN_FOLDER}/events"
FINDINGS_URL: Final = f"/{OWN_FOLDER}/findings"

SCRIPT: Final = """\
"use strict";
(() => {
  const build = new URL(document.currentScript.src).search;
  const isFindings = location.pathname === "/__cogen__/findings";
  let stream = null;
  let wasLost = false;

  const showBar = () => {
    const bar = document.getElementById("cogen-bar") ?? document.createElement("a");
    bar.id = "cogen-bar";
    bar.href = "/__cogen__/findings";
    bar.setAttribute("role", "status");
    bar.textContent = "The last change could not be built. What is wrong?";
    Object.assign(bar.style, {
      position: "fixed", insetInline: "0", bottom: "0", zIndex: "2147483647", padding: ".75rem 1rem",
      background: "#7a0c0c", color: "#fff", font: "1rem/1.4 sans-serif", textAlign: "center",
    });
    document.body.append(bar);
  };

  const listen = () => {
    stream = new EventSource("/__cogen__/events" + build);
    stream.onopen = () => { if (wasLost) location.reload(); };
    stream.onerror = () => { wasLost = true; };
    stream.onmessage = (message) => {
      if (message.data === "failed" && !isFindings) showBar();
      else location.reload();
    };
  };

  // A browser opens few connections to one host: pages nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => {
    stream?.close();
    if (!document.hidden) listen();
  });
  if (!document.hidden) listen();
})();
"""


def with_script(page: bytes, build: int) -> bytes:
    """Put the reload script before the end of a page's body, or at its end where no body is closed."""
    script = f'<script src="{SCRIPT_URL}?{build}" defer></script>'.encode()
    end = page.lower().rfind(b"</body")
    return page + script if end < 0 else page[:end] + script + page[end:]


def message_for(state: BuildState, told: int) -> str | None:
    """Say what a page that knows of builds up to ``told`` is to hear; None where it knows all."""
    if state.build <= told:
        return None
    return "reload" if state.good_build > told else "failed"


def findings_page(state: BuildState, home_url: str) -> bytes:
    """Show how the last build went; renewed by itself after the next one."""
    findings = state.result.findings_text.strip("\n")
    listed = f"<pre>{escape(findings)}</pre>\n" if findings else "<p>No findings.</p>\n"
    return with_script(
        _page("Findings", f"<p>{escape(state.result.summary)}</p>\n{listed}", home_url), state.build
    )


def not_found_page(state: BuildState, home_url: str) -> bytes:
    """Say that nothing is published there; for sites without a ``404.html``."""
    why = f'<p>The last build failed: <a href="{FINDINGS_URL}">see what is wrong</a>.</p>\n'
    body = "<p>Nothing is published at this address.</p>\n" + (why if state.has_failed else "")
    return with_script(_page("Not found", body, home_url), state.good_build)


def _page(title: str, body: str, home_url: str) -> bytes:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}"
        f'<p><a href="{escape(home_url)}">To the home page</a></p>\n</main>\n</body>\n</html>\n'
    ).encode()
