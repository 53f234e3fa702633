"""From views to bytes: templates, feeds, sitemaps, stylesheets and text files. Layer: render.

Every maker is a pure function of the view and the theme; nothing here knows what is remembered or where files lie.
"""
