"""Writes what OpenCV 4.6's bilateral and guided filters make of scene.png, which is scene(64, 48) of test/support/pictures.ts.
usage: /usr/bin/python3 make_goldens_smoothing.py   (Debian: apt-get install python3-opencv)"""
from pathlib import Path

import cv2

HERE = Path(__file__).parent
SIGMAS = ((25, 3), (75, 8))
WINDOWS = ((4, 0.01), (8, 0.0001))

scene = cv2.imread(str(HERE / 'scene.png'))
for color, space in SIGMAS:
    cv2.imwrite(str(HERE / f'bilateral_{color}_{space}.png'), cv2.bilateralFilter(scene, 0, color, space))
for radius, epsilon in WINDOWS:
    # OpenCV's epsilon is for values from 0 to 255.
    cv2.imwrite(str(HERE / f'guidedFilter_{radius}_{epsilon}.png'), cv2.ximgproc.guidedFilter(scene, scene, radius, epsilon * 255**2))
