"""The build: what is remembered, what is rendered, what is published. The only layer that knows what a cache is."""
