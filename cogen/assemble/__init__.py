"""From documents to a site, and from a site to the plan of its outputs and their views: pure functions."""
