"""Writes what OpenCV 4.6's photo module makes of scene.png, which is scene(64, 48) of test/support/pictures.ts.
usage: /usr/bin/python3 make_goldens_domainTransform.py   (Debian: apt-get install python3-opencv)"""
from pathlib import Path

import cv2

HERE = Path(__file__).parent
SMOOTHINGS = ((60, 0.4), (20, 0.2))
STYLES = ((60, 0.45), (20, 0.07))
SKETCHES = ((60, 0.07, 0.02), (20, 0.2, 0.03))

scene = cv2.imread(str(HERE / 'scene.png'))
for name, flags in (('recursive', cv2.RECURS_FILTER), ('normalized', cv2.NORMCONV_FILTER)):
    for s, r in SMOOTHINGS:
        cv2.imwrite(str(HERE / f'edgePreserving_{name}_{s}_{r}.png'), cv2.edgePreservingFilter(scene, flags=flags, sigma_s=s, sigma_r=r))
for s, r in STYLES:
    cv2.imwrite(str(HERE / f'stylization_{s}_{r}.png'), cv2.stylization(scene, sigma_s=s, sigma_r=r))
for s, r, shade in SKETCHES:
    gray, color = cv2.pencilSketch(scene, sigma_s=s, sigma_r=r, shade_factor=shade)
    cv2.imwrite(str(HERE / f'pencilSketch_{s}_{r}_{shade}.png'), gray)
    cv2.imwrite(str(HERE / f'pencilSketch_color_{s}_{r}_{shade}.png'), color)
