"""Makes a kept page fit to print: what the buyer read, without scripts, pictures, forms and navigation."""

from html import escape

from assistant.amazon.dom import MOST_BYTES, decoded, parsed, too_deep, too_tangled

_GONE = (
    "script, style, link, meta, base, noscript, template, iframe, frame, object, embed, svg, canvas, video, audio, img, picture, "
    "button, input, select, textarea, #navbar, #navFooter, #nav-top, [id^=nav-], #rhf, [id^=sp_], [class*=carousel], "
    ".a-breadcrumb, [class*=breadcrumb], [class*=skip-link], [id*=skiplink i], a[href^='#skip'], "
    "[hidden], .aok-hidden, .a-hidden, .a-popover-preload"
)
_STYLE = (
    "body { font: 10pt/1.4 'DejaVu Sans', 'Liberation Sans', 'Noto Sans', Arial, sans-serif; color: #111; margin: 0 }"
    " .about-this-print { border: 1px solid #888; padding: 6px 8px; margin-bottom: 12px; font-size: 8.5pt }"
    " a { color: inherit; text-decoration: none } table { border-collapse: collapse } td, th { padding: 2px 6px; vertical-align: top }"
    " h1 { font-size: 14pt } h2 { font-size: 12pt } h3, h4, h5 { font-size: 10.5pt } ul { padding-left: 16px }"
    " .a-row { margin: 1px 0 } .a-text-right { text-align: right }"
    " div:has(> .a-text-right) { display: flex; justify-content: space-between }"
    " .a-unordered-list { list-style: none; padding-left: 0; margin: 2px 0 } .a-text-bold, b, strong { font-weight: bold }"
    " .a-offscreen, .a-price > [aria-hidden=true] { display: none } .a-price > .a-offscreen { display: inline }"
)


def printable(page: bytes, about: str) -> str | None:
    """Return a page as HTML to print, with a line on top that says what it is; None if it cannot be parsed or says nothing."""
    text = decoded(page[:MOST_BYTES])
    if too_tangled(text):
        return None
    tree = parsed(text)
    if too_deep(tree):
        return None
    for node in tree.css(_GONE):
        node.decompose()
    for node in tree.css("*"):
        for name in list(node.attributes):
            if name.startswith("on") or name in ("style", "src", "srcset", "href", "background", "action"):
                del node.attrs[name]
    body = tree.body
    if body is None or not body.text(strip=True):
        return None
    language = escape((tree.root.attributes.get("lang") or "en") if tree.root else "en", quote=True)
    head = f'<meta charset="utf-8"><title>{escape(about)}</title><style>{_STYLE}</style>'
    top = f'<p class="about-this-print">{escape(about)}</p>'
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{top}{body.inner_html}</body></html>'
