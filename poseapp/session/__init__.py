"""A practice as threads and a state machine. No Qt."""
