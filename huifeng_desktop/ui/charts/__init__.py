"""Charts drawn with QPainter: once, for a widget, a PDF page and a picture in a document."""
