"""Writes src/core/inspect/header/standard.ts: VR and name of every element of PS3.6, as pydicom (MIT) has them.

    pip install pydicom && python scripts/dictionary.py > src/core/inspect/header/standard.ts
"""

from itertools import groupby

import pydicom
from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary

# Where the standard leaves a choice: XS depends on Pixel Representation, the others are bytes all the same.
CHOICES = {"US or SS": "XS", "OB or OW": "OW", "US or OW": "OW", "US or SS or OW": "OW"}


def entries():
    for tag, (vr, _, name, *_) in DicomDictionary.items():
        yield tag, vr, name
    # Curves and overlays: one group for each of up to 128, listed here as the first.
    for mask, (vr, _, name, *_) in RepeatersDictionary.items():
        if mask[2:4] == "xx" and mask[:2] in ("50", "60"):
            yield int(mask.replace("xx", "00"), 16), vr, name


def line(group, members):
    parts = [f"{tag & 0xFFFF:04X}{CHOICES.get(vr, vr)}{name}" for tag, vr, name in members]
    return f"{group:04X} " + "|".join(parts)


# Items and delimiters have no VR, and some retired elements no name.
found = sorted({tag: (tag, vr, name) for tag, vr, name in entries() if vr != "NONE" and name}.values())
assert not any(mark in name for _, _, name in found for mark in "|`\\$")
print("/**")
print(f" * The elements of the standard (PS3.6), by pydicom {pydicom.__version__}: a line for each group, then element number, VR")
print(" * and name of each. Written by scripts/dictionary.py.")
print(" */")
print("export const STANDARD = `")
for group, members in groupby(found, key=lambda one: one[0] >> 16):
    print(line(group, members))
print("`;")
