"""Makes the goldens of the painted looks: look_source.png, the sample at 128 px, and look_NAME.png, what the reference program of each look makes of it with its defaults.

usage: python3 make_goldens_looks.py LOOKS.PY       needs numpy and cv2; LOOKS.PY is the reference program, which is not part of this repository
"""
import importlib.util
import os
import sys

import cv2
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location('looks', sys.argv[1])
looks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(looks)

sample = cv2.imread(os.path.join(here, '../../samples/still-life.jpg'))
scale = 128 / max(sample.shape[:2])
small = cv2.resize(sample, (round(sample.shape[1] * scale), round(sample.shape[0] * scale)), interpolation=cv2.INTER_AREA)
source = os.path.join(here, 'look_source.png')
cv2.imwrite(source, small)
rgb = cv2.imread(source)[..., ::-1].astype(np.float32) / 255
for name, look in looks.LOOKS.items():
    cv2.imwrite(os.path.join(here, f'look_{name}.png'), np.rint(np.clip(look(rgb), 0, 1)[..., ::-1] * 255).astype(np.uint8))
