"""Runs operations of OpenCV and times them. Reads one JSON request a line and answers each with one; the first line it writes says who it is. Ends when its input does."""
import json
import os
import queue
import signal
import sys
import threading
import time


def answer(**content):
    print(json.dumps(content), flush=True)


try:
    import cv2
    import numpy
except ImportError as error:
    answer(missing=f'{sys.executable}: {error}')
    sys.exit()


def dodge(image, sigma):
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    # With the border of ours; it costs what others do.
    return cv2.divide(gray, cv2.GaussianBlur(gray, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), scale=255)


# What OpenCV has no one function for, and the functions that are not called as cv2.NAME(image, **arguments).
RECIPES = {'dodge': dodge}
CALLS = {
    'pencilSketch': lambda image, **arguments: cv2.pencilSketch(image, **arguments)[0],
    'ximgproc.guidedFilter': lambda image, **arguments: cv2.ximgproc.guidedFilter(image, image, **arguments),
    'ximgproc.dtFilter': lambda image, **arguments: cv2.ximgproc.dtFilter(image, image, **arguments),
}
ALL_THREADS = cv2.getNumThreads()
pictures = {}


def find(name):
    function = RECIPES.get(name, cv2)
    for part in name.split('.') if function is cv2 else ():
        function = getattr(function, part, None)
    return function and CALLS.get(name, function)


def read(file, width, height):
    if file not in pictures:
        pictures.clear()
        pictures[file] = numpy.fromfile(file, numpy.uint8).reshape(height, width, 4)[:, :, 2::-1].copy()
    return pictures[file]


def write(image, file):
    cv2.cvtColor(image, cv2.COLOR_GRAY2RGBA if image.ndim == 2 else cv2.COLOR_BGR2RGBA).tofile(file)


def serve(request):
    operation = find(request['operation'])
    if operation is None:
        return answer(missing=f"OpenCV {cv2.__version__} of {sys.executable} has no {request['operation']}")
    image = read(**request['image'])
    cv2.setNumThreads(ALL_THREADS if request['threads'] == 'all' else request['threads'])
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(request['times']):
        painted = operation(image, **request['arguments'])
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if request.get('output'):
        write(painted, request['output'])
    answer(wall=1000 * wall / request['times'], cpu=1000 * cpu / request['times'])


def receive():
    for line in sys.stdin:
        requests.put(line)
    # Also in the middle of a long operation: nobody waits for it any more.
    os._exit(0)


signal.signal(signal.SIGINT, signal.SIG_IGN)
requests = queue.Queue()
threading.Thread(target=receive, daemon=True).start()
answer(version=f'OpenCV {cv2.__version__}', threads=ALL_THREADS, modules=[name for name in ('ximgproc', 'xphoto') if hasattr(cv2, name)])
while True:
    try:
        serve(json.loads(requests.get()))
    except Exception as error:
        answer(error=f'{type(error).__name__}: {error}')
