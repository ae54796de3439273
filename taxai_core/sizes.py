"""Sizes as people read them: files in powers of 1000, memory in powers of 1024."""

GB, MB = 1 << 30, 1 << 20
# Of a disk.
DISK_MB = 1_000_000


def file_size(size_bytes: float) -> str:
    """`78 kB`, `1.3 MB`, `1.9 GB`."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB"
    if size_bytes < 1_000_000_000:
        return f"{size_bytes / 1_000_000:.1f} MB"
    return f"{size_bytes / 1_000_000_000:.1f} GB"


def memory_size(size_bytes: float) -> str:
    """`511 MB`, `1.9 GB`: a machine of 16 GB has 16 x 1024 MB."""
    return f"{size_bytes / GB:.1f} GB" if size_bytes >= GB else f"{size_bytes / MB:,.0f} MB"


def memory_of(used_bytes: float, total_bytes: float) -> str:
    """`5.1 of 8.0 GB`, `41 of 256 MB`; with both units where they differ."""
    used, total = memory_size(used_bytes), memory_size(total_bytes)
    return f"{used.removesuffix(total[-3:])} of {total}"
