"""What ``python -m benchmarks.scoring`` measures, one part a file."""
