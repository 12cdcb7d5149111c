"""How sentences of the yearly review begin."""


def lowered(text: str) -> str:
    """A sentence as it goes on after a colon."""
    return f"{text[:1].lower()}{text[1:]}"


def capital(text: str) -> str:
    """Words as a sentence begins."""
    return f"{text[:1].upper()}{text[1:]}"
