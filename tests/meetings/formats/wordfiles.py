"""DOCX and ODT made by hand from pieces of XML, for what no library writes; and PDF made by hand, object by object."""

import io
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{DOCUMENT}" Target="word/document.xml"/></Relationships>'
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODT_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("manifest", "manifest"),
    )
)  # fmt: skip


def packed(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str | bytes, others: Mapping[str, str | bytes] | None = None, *, head: str = "") -> bytes:
    """Return a DOCX whose body is the given XML; bytes are the whole main part."""
    whole = (
        body
        if isinstance(body, bytes)
        else f'{head}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    )
    parts: dict[str, str | bytes] = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": whole}
    return packed({**parts, **(others or {})})


def numbering(
    *levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> dict[str, str | bytes]:
    """Return the part with a list of the given levels, each a format and a text such as "decimal %1."."""
    said = ""
    for at, level in enumerate(levels):
        form, _, text = level.partition(" ")
        said += (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        )
    whole = f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{said}</w:abstractNum>{lists}</w:numbering>'
    return {"word/numbering.xml": whole}


def p(text: str, properties: str = "") -> str:
    """Return a paragraph of a DOCX."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def item(text: str, level: int = 0, key: int = 1) -> str:
    """Return a paragraph in an automatic list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>')


def odt(body: str, styles: str = "", others: Mapping[str, str | bytes] | None = None, *, head: str = "") -> bytes:
    """Return an ODT whose text is the given XML."""
    content = (
        f"{head}<office:document-content {ODT_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": ODT_TYPE, "content.xml": content, **(others or {})})


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of the objects, numbered from 1, with a table of where they are."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def page(content: bytes, entries: bytes = b"", *others: bytes, resources: bytes = b"") -> bytes:
    """Return a PDF of one page with a standard font; objects of its own begin at number 6."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> %s >> %s >>" % (resources, entries),
            stream(content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *others,
        ]
    )


def shown(*lines: tuple[float, float, str], size: float = 10) -> bytes:
    """Return what shows words at places, in points from the lower left corner."""
    said = [b"BT /F1 %g Tf" % size]
    said += [b"1 0 0 1 %g %g Tm (%s) Tj" % (x, y, text.encode("cp1252")) for x, y, text in lines]
    return b"\n".join([*said, b"ET"])
