"""Pages of HTML laid out as tagged PDF: the program of the processes that `pdf` deals pages out to.

It imports what lays out pages and nothing of ours, since each process begins anew.
"""

import json
import sys
from base64 import b64encode
from hashlib import sha256

from weasyprint import HTML  # raises OSError where Pango is not installed


def document(page: str) -> bytes:
    """One page of HTML as PDF. The same page gives the same bytes."""
    data: bytes = HTML(string=page).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=sha256(page.encode()).digest()[:16], pdf_tags=True
    )
    return data


def main() -> None:
    """Read a list of pages, write a list of documents."""
    pages = json.load(sys.stdin)
    json.dump([b64encode(document(page)).decode() for page in pages], sys.stdout)


if __name__ == "__main__":
    main()
