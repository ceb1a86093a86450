"""What the commands do, apart from their arguments."""
