"""One file per platform."""
