"""SMS and WhatsApp, through one gateway (51.6.2.e, 51.6.2.f)."""
