"""The signing service's door."""
