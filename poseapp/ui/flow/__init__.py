"""What happens on the practice page, without a widget in it: sources, references, attempts."""
