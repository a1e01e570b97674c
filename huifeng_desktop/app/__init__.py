"""The composition root: the only room that knows all the others and puts them together.

`folder` needs no Qt; `window` is imported by those who show one.
"""

from huifeng_desktop.app.folder import Folder, open_folder, open_registrar, preparation_for
from huifeng_desktop.app.starting import desk_command, has_screen, import_before_qt, prepare_offscreen

__all__ = [
    "Folder",
    "desk_command",
    "has_screen",
    "import_before_qt",
    "open_folder",
    "open_registrar",
    "preparation_for",
    "prepare_offscreen",
]
