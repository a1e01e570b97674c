"""What a window manager does, as far as a test needs it: find the program's window, ask it to close."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p

_CLIENT_MESSAGE = 33


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent with a 32-bit payload, padded to the size of an XEvent."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        ("pad", c_long * 12),
    )


class XWindows:
    """One connection to an X server without a window manager."""

    def __init__(self, x11: ctypes.CDLL, display: int) -> None:
        self._x11, self._display = x11, display

    def wait_for_window(self, timeout_s: float = 30.0) -> int:
        """The id of the first top-level window that is large enough to be the main window."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            for window in self._children():
                if self._width(window) > 1000:
                    return window
            time.sleep(0.05)
        raise AssertionError("no window appeared")

    def ask_to_close(self, window: int) -> None:
        """WM_DELETE_WINDOW, as from the cross in a title bar."""
        event = _ClientMessage(type=_CLIENT_MESSAGE, window=window, format=32)
        event.message_type, event.data[0] = self._atom("WM_PROTOCOLS"), self._atom("WM_DELETE_WINDOW")
        self._x11.XSendEvent(c_void_p(self._display), c_ulong(window), 0, c_long(0), byref(event))
        self._x11.XFlush(c_void_p(self._display))

    def _atom(self, name: str) -> int:
        return int(self._x11.XInternAtom(c_void_p(self._display), c_char_p(name.encode()), 0))

    def _children(self) -> list[int]:
        root, parent, number, found = c_ulong(), c_ulong(), c_uint(), POINTER(c_ulong)()
        top = self._x11.XDefaultRootWindow(c_void_p(self._display))
        self._x11.XQueryTree(
            c_void_p(self._display), c_ulong(top), byref(root), byref(parent), byref(found), byref(number)
        )
        return [found[place] for place in range(number.value)]

    def _width(self, window: int) -> int:
        root, place, size = c_ulong(), c_int(), [c_uint() for _ in range(4)]
        self._x11.XGetGeometry(
            c_void_p(self._display),
            c_ulong(window),
            byref(root),
            byref(place),
            byref(place),
            *map(byref, size),
        )
        return size[0].value


@contextmanager
def windows_of(display: str) -> Iterator[XWindows]:
    """A connection to a display for as long as it is needed."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = c_void_p
    x11.XInternAtom.restype = x11.XDefaultRootWindow.restype = c_ulong
    connection = x11.XOpenDisplay(display.encode())
    assert connection, f"no X server at {display}"
    try:
        yield XWindows(x11, connection)
    finally:
        x11.XCloseDisplay(c_void_p(connection))
