"""One module per thing a person can say."""
