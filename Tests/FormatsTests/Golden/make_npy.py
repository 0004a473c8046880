"""Writes the .npy files beside this script with NumPy.

    pip install numpy
    python3 make_npy.py
"""

import pathlib

import numpy as np
from numpy.lib import format as npy

here = pathlib.Path(__file__).parent


def save(name, array, version=None):
    with open(here / f"{name}.npy", "wb") as file:
        npy.write_array(file, array, version=version, allow_pickle=True)


save("float32", np.arange(6, dtype="<f4").reshape(2, 3) / 4 - 0.5)
save("float64_version2", np.array([1 / 3, -2.0], dtype="<f8"), version=(2, 0))
save("float16_version3", np.array([1, 65504, 2.0**-24, np.inf], dtype="<f2"), version=(3, 0))
save("int32", np.array([[1], [-(2**31)]], dtype="<i4"))
save("int64_scalar", np.array(-7, dtype="<i8"))
save("uint8", np.array([0, 255], dtype="u1"))
save("bool", np.array([True, False]))
save("empty", np.zeros((0, 4), dtype="<f4"))
save("big_endian", np.array([1.0], dtype=">f4"))
save("fortran", np.asfortranarray(np.zeros((2, 3), dtype="<f4")))
save("objects", np.array(["a", None], dtype=object))
save("records", np.zeros(1, dtype=[("a", "<f4"), ("b", "<i4")]))
