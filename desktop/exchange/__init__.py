"""Bundles: what goes to whom, file format, keys, signing, import."""
