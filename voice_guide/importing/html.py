"""HTML and Markdown into their parts."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt

from voice_guide.importing.blocks import Block, tidy

_NOT_CONTENT = (
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select",
    "iframe", "svg", "figure", "video", "audio", "menu", "dialog",
)  # fmt: skip
_NOT_CONTENT_NAMES = (
    "nav", "menu", "footer", "sidebar", "cookie", "banner", "advert", "promo", "share", "social",
    "comment", "related", "newsletter", "subscribe", "breadcrumb", "popup",
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BREAK = "\x1e"
"""Stands for a line break inside a part."""

_BULLET = re.compile("[\N{BULLET}\N{BLACK SMALL SQUARE}\N{MIDDLE DOT}]\\s*")
_PARTS = (*_HEADINGS, "p", "li", "dt", "dd", "blockquote", "td", "div", "section", "article")


def blocks_of_markdown(text: str) -> Iterator[Block]:
    """Yield the parts of a Markdown text, in order."""
    yield from blocks_of_html(MarkdownIt().render(text))


def blocks_of_html(text: str) -> Iterator[Block]:
    """Yield the parts of an HTML page, in order, without menus, footers and the like."""
    page = BeautifulSoup(text, "html.parser")
    for tag in page.find_all(_is_furniture):
        tag.extract()
    title = page.find("h1") or page.title
    if isinstance(title, Tag) and (named := tidy(title.get_text(" "))):
        yield Block("title", named)
    body = page.find("article") or page.find("main") or page.body or page
    if not isinstance(body, Tag):
        return
    parts = [tag for tag in body.find_all(_PARTS) if tag is not title]
    for tag in parts:
        for line in _own_text(tag).split(_BREAK):
            if own := tidy(line):
                yield _block(tag, own)
    if not parts and (rest := tidy(body.get_text(" "))):
        yield Block("paragraph", rest)


def _block(tag: Tag, text: str) -> Block:
    if bullet := _BULLET.match(text):
        return Block("item", text[bullet.end() :])
    if tag.name in _HEADINGS:
        return Block("heading", text.rstrip(":"))
    listed = tag if tag.name == "li" else tag.find_parent("li")
    if listed is None:
        return Block("paragraph", text)
    around = listed.find_parent(["ol", "ul"])
    return Block("item", text, numbered=around is not None and around.name == "ol")


def _own_text(tag: Tag) -> str:
    """Return the text of a tag without that of the parts inside it."""
    pieces = []
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in _PARTS or child.name in ("ul", "ol", "dl", "table"):
                continue
            inner = child.find(_PARTS)
            pieces.append(_BREAK if child.name == "br" else "" if inner else _text(child))
        elif type(child).__name__ == "NavigableString":
            pieces.append(str(child))
    return "".join(pieces)


def _text(tag: Tag) -> str:
    for line_break in tag.find_all("br"):
        line_break.replace_with(_BREAK)
    return tag.get_text()


def _is_furniture(tag: Tag) -> bool:
    if tag.name in ("html", "body", "main", "article"):
        return False
    if tag.name in _NOT_CONTENT:
        return True
    names = [*tag.get_attribute_list("class"), tag.get("id"), tag.get("role")]
    words = re.split(r"[\s_-]+", " ".join(str(name) for name in names if name).lower())
    return any(word.startswith(_NOT_CONTENT_NAMES) for word in words)
