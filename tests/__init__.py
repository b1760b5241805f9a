"""The tests; a package, so that they share their fakes by name: `from tests.fakes import ...`."""
