"""Building blocks of the pages. Each paints and reports; none decides."""
