"""Pages opened from chat, and the demonstration's chat page."""
