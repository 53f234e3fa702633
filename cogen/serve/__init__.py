"""The site on the author's own machine: build, show, watch, build again. Never writes to what it serves."""
