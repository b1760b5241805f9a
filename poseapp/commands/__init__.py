"""The commands of the command line, one a file. Heavy imports happen inside them, so that help is instant."""
