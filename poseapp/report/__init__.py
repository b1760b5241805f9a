"""A score card as files for other programs and people."""
