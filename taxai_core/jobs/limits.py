"""What one reading process may use, and how its death is understood."""

# Address space runs ahead of resident memory: libraries, thread stacks, freed arenas. Camelot with
# OpenCV peaked at 604 MB of address space for 282 MB resident.
ADDRESS_SPACE_OVER_MB = 600
