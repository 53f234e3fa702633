"""From bytes to documents: text, YAML, front matter, Markdown and site.yaml. Pure but for ``files``. Layer: read."""
