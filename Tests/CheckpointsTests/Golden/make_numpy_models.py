"""Writes small models in the layouts of NumPy files, with NumPy.

    pip install numpy
    python3 make_numpy_models.py
"""

import math
import pathlib
import pickle
import zipfile

import numpy as np
from numpy.lib import format as npy

here = pathlib.Path(__file__).parent


def fill(shape, number):
    count = math.prod(shape)
    return (0.5 * np.sin(0.7 * np.arange(1, count + 1) + number)).reshape(shape).astype("<f4")


V, E, H = 256, 2, 3
gates = [s for _ in range(4) for s in ((E, H), (H, H), (1, H))]
shapes = [(V, E), (E, H), (H, H)] + gates + [(H,)] * 10 + [(H, 256), (256,)]
arrays = [fill(shape, number) for number, shape in enumerate(shapes, 1)]


def object_file(name, protocol):
    objects = np.empty(len(arrays), dtype=object)
    objects[:] = arrays
    with open(here / name, "wb") as file:
        npy.write_array_header_1_0(file, {"descr": "|O", "fortran_order": False, "shape": (len(arrays),)})
        pickle.dump(objects, file, protocol=protocol)


for protocol in (2, 3, 4):
    object_file(f"reproduction_protocol{protocol}.npy", protocol)

layer = {"b": (4 * H,), "gh": (4 * H,), "gmh": (H,), "gmx": (H,), "gx": (4 * H,)}
unirep = {"embedding": fill((26, E), 1), "dense.w": fill((H, 25), 2), "dense.b": fill((25,), 3)}
for index, width in enumerate((E, H)):
    sizes = dict(layer, wh=(H, 4 * H), wmh=(H, H), wmx=(width, H), wx=(width, 4 * H))
    for place, (key, shape) in enumerate(sizes.items()):
        unirep[f"mlstm.{index}.{key}"] = fill(shape, 10 * (index + 1) + place)
np.savez(here / "unirep.npz", **unirep)
np.savez_compressed(here / "unirep_compressed.npz", **unirep)

with zipfile.ZipFile(here / "not_arrays.npz", "w") as archive:
    archive.writestr("readme.txt", "no array")
