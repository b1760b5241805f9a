"""How fast, how steady: ``python -m benchmarks`` measures and prints tables."""
