"""The printing room's door: render, prove, check."""
