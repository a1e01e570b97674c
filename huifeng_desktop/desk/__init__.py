"""The sign-in desk: a process of its own that answers scanners, scripts and phones over HTTP.

Knows the meeting only through `service.ports.Registrar`: no SQL here, and no Qt.
"""
