"""Pictures of pages, for the review."""

import io
import logging

import pypdfium2 as pdfium
from PIL import Image, WebPImagePlugin  # noqa: F401  the latter registers its format

log = logging.getLogger(__name__)

# With these loaded and that of WebP, saving does not load the plugins of all 40 formats, which
# each fork would do anew: 40 ms.
Image.preinit()

# 150 dpi keeps 6 pt print legible at twice the size; beside it, the cap for a poster of 14,400 pt.
DPI = 150
MAX_SIDE_PX = 2400
WEBP_QUALITY = 75


def draw_page(page: pdfium.PdfPage) -> bytes | None:
    """Return the page as WebP, at most `MAX_SIDE_PX` on its longer side.

    None where it cannot be drawn, which is no reason to lose what can be read of it.
    """
    try:
        scale = min(DPI / 72, MAX_SIDE_PX / max(page.get_size()))
        image = page.render(scale=scale).to_pil().convert("RGB")
        out = io.BytesIO()
        image.save(out, "WEBP", quality=WEBP_QUALITY, method=1)
        return out.getvalue()
    except MemoryError:
        raise
    except Exception as error:
        log.warning("a page could not be drawn: %s", type(error).__name__)
        return None
