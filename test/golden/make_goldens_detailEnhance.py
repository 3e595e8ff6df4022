"""Writes what OpenCV 4.6's detailEnhance makes of scene.png, which is scene(64, 48) of test/support/pictures.ts.
usage: /usr/bin/python3 make_goldens_detailEnhance.py   (Debian: apt-get install python3-opencv)"""
from pathlib import Path

import cv2

HERE = Path(__file__).parent
SIGMAS = ((10, 0.15), (60, 0.4), (20, 0.07))

scene = cv2.imread(str(HERE / 'scene.png'))
for s, r in SIGMAS:
    cv2.imwrite(str(HERE / f'detailEnhance_{s}_{r}.png'), cv2.detailEnhance(scene, sigma_s=s, sigma_r=r))
