"""What ``cogen new`` writes: a small complete site to begin with, and posts with front matter. Layer: scaffold."""
