"""Mail out, over SMTP (51.3)."""
