"""A script as a page for people: what is said, what can be answered, and how long it takes."""

from voice_guide.describing.as_html import as_html
from voice_guide.describing.as_markdown import as_markdown
from voice_guide.describing.as_text import as_text
from voice_guide.describing.describe import describe
from voice_guide.describing.page import Page

__all__ = ["Page", "as_html", "as_markdown", "as_text", "describe"]
