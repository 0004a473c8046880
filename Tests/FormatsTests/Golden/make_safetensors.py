"""Writes all_types.safetensors with the Python safetensors package.

    pip install "safetensors>=0.8" numpy
    python3 make_safetensors.py

The bytes of every tensor are laid out by NumPy, never by the package under test.
"""

import pathlib

import numpy as np
from safetensors import TensorSpec, serialize_file

HALVES = [0x0000, 0x8000, 0x0001, 0x03FF, 0x0400, 0x3C00, 0xC000, 0x7BFF, 0x7C00, 0xFC00]
BRAIN_FLOATS = [0x0000, 0x3F80, 0xC000, 0x7F80, 0x0001, 0x3F81]

arrays = {
    "weights/0": np.arange(6, dtype="<f4").reshape(2, 3) / 4 - 0.5,
    "double": np.array([1 / 3, -1e300, 2.0**-1074], dtype="<f8"),
    "half": np.array(HALVES, dtype="<u2").view("<f2").reshape(2, 5),
    "brain": np.array(BRAIN_FLOATS, dtype="<u2"),
    "int64": np.array([-(2**63), 2**63 - 1], dtype="<i8"),
    "int32": np.array([[-(2**31)], [2**31 - 1]], dtype="<i4"),
    "int16": np.array([-32768, 32767], dtype="<i2"),
    "int8": np.array([-128, 127, 3], dtype="i1"),
    "uint8": np.array([0, 255, 7], dtype="u1"),
    "bool": np.array([True, False, True]),
    "scalar": np.array(2.5, dtype="<f4"),
    "empty": np.zeros((0, 3), dtype="<f4"),
    'ключ "1"\\': np.array([1.0], dtype="<f4"),
}
tensors = {
    name: TensorSpec(
        dtype="bfloat16" if name == "brain" else array.dtype.name,
        shape=array.shape,
        data_ptr=array.ctypes.data,
        data_len=array.nbytes,
    )
    for name, array in arrays.items()
}
metadata = {"format": "pt", "note": 'quote " backslash \\ line\nend, tab\t, bell \x07, emoji 😀'}

serialize_file(tensors, pathlib.Path(__file__).parent / "all_types.safetensors", metadata)
