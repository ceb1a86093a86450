"""We understood, but no."""


class Refusal(Exception):
    """A request that may not or cannot be done; its text is the reply, in Chinese, and says what to do instead."""
