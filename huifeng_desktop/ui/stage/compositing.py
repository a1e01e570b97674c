"""Whether a translucent window lets what lies under it shine through. Old X desktops do not."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def shines_through() -> bool:
    """True everywhere but on an X screen without a compositor, where such a window is black instead."""
    if QGuiApplication.platformName() != "xcb":
        return True
    try:
        return _has_compositor()
    except (OSError, AttributeError):
        return False  # without the library nobody can be asked; opaque can be read in any case


def _has_compositor() -> bool:
    """Compositors own the selection _NET_WM_CM_S0 (EWMH)."""
    import ctypes
    import ctypes.util

    xlib = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    xlib.XInternAtom.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
    xlib.XInternAtom.restype = ctypes.c_ulong
    xlib.XGetSelectionOwner.argtypes = (ctypes.c_void_p, ctypes.c_ulong)
    xlib.XGetSelectionOwner.restype = ctypes.c_ulong
    xlib.XCloseDisplay.argtypes = (ctypes.c_void_p,)
    display = xlib.XOpenDisplay(None)
    if not display:
        return False
    try:
        return bool(xlib.XGetSelectionOwner(display, xlib.XInternAtom(display, b"_NET_WM_CM_S0", 0)))
    finally:
        xlib.XCloseDisplay(display)
