"""`taxai up`: the processes of one machine, their start, their watch and their end."""

from .children import Program
from .supervisor import supervise, up

__all__ = ["Program", "supervise", "up"]
