"""Writes what OpenCV 4.6 makes of scene.png, which is scene(64, 48) of test/support/pictures.ts.
usage: /usr/bin/python3 make_goldens_oilPainting.py   (Debian: apt-get install python3-opencv)"""
from pathlib import Path

import cv2

HERE = Path(__file__).parent
SETTINGS = ((7, 1), (3, 8), (8, 14), (20, 98))

scene = cv2.imread(str(HERE / 'scene.png'))
for size, dyn_ratio in SETTINGS:
    cv2.imwrite(str(HERE / f'oilPainting_{size}_{dyn_ratio}.png'), cv2.xphoto.oilPainting(scene, size, dyn_ratio))
