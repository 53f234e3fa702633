"""A static site generator for community blogs: Markdown and YAML in, pages and feeds out."""
