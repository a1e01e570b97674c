"""Everything that is drawn: the secretary's window, the kit of widgets and the projected stage.

Qt lives here and in `app` only. Widgets show read models and call services; they know no SQL.
"""
