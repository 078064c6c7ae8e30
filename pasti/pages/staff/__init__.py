"""The pages of staff, guarantees and safety (51.9, 51.11 to 51.13)."""
