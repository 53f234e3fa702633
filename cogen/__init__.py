"""cogen: a static site generator for community blogs."""

__version__ = "0.1.0"
