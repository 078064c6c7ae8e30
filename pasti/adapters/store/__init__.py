"""The file store's door."""
