"""Writes OpenCV 4.6's usual pencil recipe for scene.png, which is scene(64, 48) of test/support/pictures.ts.
usage: /usr/bin/python3 make_goldens_pencilDodge.py   (Debian: apt-get install python3-opencv)"""
from pathlib import Path

import cv2

HERE = Path(__file__).parent
gray = cv2.cvtColor(cv2.imread(str(HERE / 'scene.png')), cv2.COLOR_BGR2GRAY)
# A kernel of 21 without a sigma has sigma 0.3 ((21 - 1) / 2 - 1) + 0.8 = 3.5.
blurred = cv2.GaussianBlur(255 - gray, (21, 21), 0)
cv2.imwrite(str(HERE / 'pencilDodge.png'), cv2.divide(gray, 255 - blurred, scale=256))
