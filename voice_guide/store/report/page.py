"""The report's page: HTML with everything inside it, and a table beside each picture."""

from collections.abc import Iterable, Sequence
from html import escape

_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto;
  max-width: 60rem; padding: 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2rem; }
figure { margin: 1rem 0; } figure svg { width: 100%; min-width: 32rem; max-width: 44rem;
  height: auto; }
figcaption { margin-bottom: .5rem; }
.scroll { overflow-x: auto; } .scroll:focus { outline: 3px solid #0b5cad; }
table { border-collapse: collapse; min-width: 50%; } caption { text-align: left; font-weight: 600; }
th, td { border-bottom: 1px solid #767676; padding: .25rem .75rem .25rem 0; text-align: left;
  vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser lets the page load: nothing."""

Cell = str | float | None


def page(title: str, body: Iterable[str]) -> str:
    """Return a whole page of these parts."""
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head>",
            f"<body><main><h1>{escape(title)}</h1>",
            *body,
            "</main></body></html>\n",
        )
    )


def heading(text: str) -> str:
    """Return a heading of a part."""
    return f"<h2>{escape(text)}</h2>"


def paragraph(text: str) -> str:
    """Return a paragraph."""
    return f"<p>{escape(text)}</p>"


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Return a list of names and values."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs)
    return f"<dl>{rows}</dl>"


def picture(svg: str, caption: str, label: str) -> str:
    """Return a picture with its caption. ``label`` says where its table is."""
    named = svg.replace("<svg", f'<svg role="img" aria-label="{escape(label)}"', 1)
    words = escape(caption)
    return (
        f"<figure><figcaption>{words}</figcaption>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{words}">{named}</div>'
        "</figure>"
    )


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a table that scrolls by itself where it is too wide. Numbers have one decimal."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    if isinstance(cell, float):
        return f'<td class="number">{cell:.1f}</td>'
    return f"<td>{escape(cell or '')}</td>"
