"""A page as one HTML file that loads nothing from anywhere."""

from collections.abc import Iterator
from html import escape

from voice_guide.describing.page import Heading, Page, Pairs, Part

_STYLE = """
:root { color-scheme: light; }
body { font: 1.1rem/1.6 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto;
  max-width: 44rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.35rem; margin-top: 2.2rem; }
h3 { font-size: 1.1rem; margin-bottom: .3rem; }
blockquote { border-left: .3rem solid #0b5cad; margin: .5rem 0; padding: 0 0 0 .8rem; }
dt { font-weight: 600; } dd { margin: 0 0 .4rem 1.2rem; }
@media print { body { max-width: none; } h3 { break-after: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser lets the page load: nothing."""


def as_html(page: Page) -> str:
    """Return the page as HTML."""
    title = escape(page.title)
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{page.language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{title}</title><style>{_STYLE}</style></head>",
            f"<body><main><h1>{title}</h1>",
            *(line for part in page.parts for line in _lines(part)),
            "</main></body></html>\n",
        )
    )


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, Heading):
        yield f"<h{part.level}>{escape(part.text)}</h{part.level}>"
    elif isinstance(part, Pairs):
        yield "<dl>"
        for name, text in part.pairs:
            yield f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>"
        yield "</dl>"
    elif part.spoken:
        yield f"<blockquote><p>{escape(part.text)}</p></blockquote>"
    else:
        yield f"<p>{escape(part.text)}</p>"
