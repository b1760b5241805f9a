"""What is kept on disk: pose sequences and references. Knows only the vocabulary."""
