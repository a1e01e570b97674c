"""Widgets that the pages share: layout and paint only, no knowledge of meetings or services."""
