"""Take pictures out of a question and keep what they say (ft-0001.8c)."""

import re

MARKDOWN_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)\s]*\)")
HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
ALTERNATIVE_TEXT = re.compile(r"\balt=\"([^\"]*)\"", re.IGNORECASE)


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text}." if text else ""


def _from_html(match: re.Match[str]) -> str:
    alternative = ALTERNATIVE_TEXT.search(match.group())
    return _sentence(alternative.group(1)) if alternative else ""


def without_images(text: str) -> str:
    text = MARKDOWN_IMAGE.sub(lambda match: _sentence(match.group(1)), text)
    return HTML_IMAGE.sub(_from_html, text).strip()
