"""Build the app's LiteRT models from the published TensorFlow.js graphs; the entry is ``tools/build_models.py``."""
