"""Find and read the lines of text in a picture: PP-OCRv6 on ONNX Runtime, on the CPU.

The models (Apache-2.0) are those in the rapidocr wheel. Its code is not imported: it brings a
downloader and a logger, and pads the lines it reads in batches, so that a dense page takes twice
as long.
"""

import ctypes
import importlib.util
import math
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from .latin import with_latin_letters

Picture = npt.NDArray[np.uint8]  # grey, black is 0
Corners = npt.NDArray[np.float32]  # of shape (lines, 4, 2): x, y in pixels

DETECTOR, RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
# Of the detector, as PaddleOCR's inference.yml sets them: what is text, how sure a line is, and
# by how much its shrunken core grows again.
TEXT_FROM, LINE_FROM, GROWTH = 0.3, 0.5, 1.6
# How many pixels of a page it sees at once, and how far it looks beyond; lines of text are lower.
BAND_PX, SEAM_PX = 500_000, 64
LEAST_LINE_PX = 3
# Of the recogniser: the height it reads at, and how many columns make a step of its output.
LINE_HEIGHT_PX, STEP_PX = 48, 8
M_ARENA_MAX = -8  # of glibc's <malloc.h>


class Letter(NamedTuple):
    """One recognised character; `at` is about its middle, as a part of the strip's width."""

    text: str
    at: float
    confidence: float


class Engine:
    """The two models, loaded; for the process that made it only."""

    def __init__(self, threads: int) -> None:
        models = _models_folder()
        _bounded_heaps()
        self._detector = _session(str(models / DETECTOR), threads)
        model, self._characters = with_latin_letters((models / RECOGNISER).read_bytes())
        self._recogniser = _session(model, 1)
        # Kept: each new thread would take another 64 MB of address space for its memory.
        self._pool = ThreadPoolExecutor(threads)

    def find_lines(self, picture: Picture, scale: float) -> Corners:
        """The corners of each line of text, in pixels of `picture`, in no order.

        Args:
            picture: a page, however it lies.
            scale: at which part of its size to look.
        """
        height, width = picture.shape
        high, wide = (max(1, round(side * scale / 32)) * 32 for side in (height, width))
        small = _resized(picture, wide, high)
        # In bands, which overlap: a page of A4 at once takes 160 MB, one of A3 twice that.
        step = math.ceil(high / math.ceil(high * wide / BAND_PX) / 32) * 32
        sureness = np.zeros((high, wide), np.float32)
        for top in range(0, high, step):
            start, end = max(0, top - SEAM_PX), min(high, top + step + SEAM_PX)
            band = self._sureness(small[start:end])
            sureness[top : top + step] = band[top - start : top - start + step]
        return _corners(sureness) * np.array([width / wide, height / high], np.float32)

    def _sureness(self, picture: Picture) -> npt.NDArray[np.float32]:
        """How sure each pixel is part of a line of text."""
        plane = picture / np.float32(127.5) - 1
        planes = np.ascontiguousarray(np.broadcast_to(plane, (1, 3, *picture.shape)))
        (found,) = self._detector.run(None, {"x": planes})
        return np.asarray(found[0, 0])

    def read_strips(self, strips: Sequence[Picture]) -> list[list[Letter]]:
        """Read pictures of one level line each."""
        # One by one: in batches the model is no faster a column, and pads the shorter ones. The
        # longest first, so that no core waits for another's at the end.
        order = sorted(range(len(strips)), key=lambda index: -strips[index].shape[1])
        read = dict(
            zip(order, self._pool.map(self._read_strip, (strips[i] for i in order)), strict=True)
        )
        return [read[index] for index in range(len(strips))]

    def _read_strip(self, strip: Picture) -> list[Letter]:
        height, width = strip.shape
        wide = max(STEP_PX, math.ceil(LINE_HEIGHT_PX * width / height))
        plane = _resized(strip, wide, LINE_HEIGHT_PX) / np.float32(127.5) - 1
        planes = np.broadcast_to(plane, (1, 3, LINE_HEIGHT_PX, wide))
        (steps,) = self._recogniser.run(None, {"x": np.ascontiguousarray(planes)})
        return self._letters(steps[0], wide)

    def _letters(self, steps: npt.NDArray[np.float32], width: int) -> list[Letter]:
        """CTC: a character said over several steps is one; the blank parts two of the same."""
        best = steps.argmax(axis=1)
        starts = np.flatnonzero(np.diff(best, prepend=-1))
        sure = np.maximum.reduceat(steps.max(axis=1), starts)
        return [
            Letter(self._characters[best[start]], start * STEP_PX / width, float(most))
            for start, most in zip(starts, sure, strict=True)
            if best[start]
        ]


def _resized(picture: Picture, width: int, height: int) -> Picture:
    way = cv2.INTER_AREA if height < len(picture) else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (width, height), interpolation=way), np.uint8)


def _bounded_heaps() -> None:
    """Let all threads share two heaps; each of its own is 64 MB of the worker's address space.

    With them three dense pages peak at 1.0 GB of it, without at 1.6 GB, which is a worker's cap.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


_engines: dict[int, Engine] = {}


def engine(threads: int) -> Engine:
    """The process's engine, loaded when first asked for.

    A forked child makes its own: the threads of its parent's are not there, and whoever asked
    that one, or only let go of it, would wait for them for ever.
    """
    if (process := os.getpid()) not in _engines:
        _engines[process] = Engine(threads)
    return _engines[process]


def _models_folder() -> Path:
    spec = importlib.util.find_spec("rapidocr")  # which does not import it
    assert spec
    assert spec.origin
    return Path(spec.origin).parent / "models"


def _session(model: bytes | str, threads: int) -> Any:
    import onnxruntime  # with the models at work 280 MB, which only a process with a scan pays

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Pictures differ in size; a plan for each size would take as much memory again.
    options.enable_mem_pattern = False
    options.log_severity_level = 4  # fatal only: a log line may hold no text
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _corners(sureness: npt.NDArray[np.float32]) -> Corners:
    mask = cv2.dilate((sureness > TEXT_FROM).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines:
        middle, (across, down), angle = cv2.minAreaRect(outline)
        if min(across, down) < LEAST_LINE_PX or _mean_inside(sureness, outline) < LINE_FROM:
            continue
        # PaddleOCR grows the outline by area × growth / perimeter at each side.
        grown = GROWTH * across * down / (across + down)
        found.append(cv2.boxPoints((middle, (across + grown, down + grown), angle)))
    return np.array(found, np.float32).reshape(-1, 4, 2)


def _mean_inside(values: npt.NDArray[np.float32], outline: cv2.typing.MatLike) -> float:
    x, y, width, height = cv2.boundingRect(outline)
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [outline - [x, y]], 1)
    return cv2.mean(values[y : y + height, x : x + width], inside)[0]
