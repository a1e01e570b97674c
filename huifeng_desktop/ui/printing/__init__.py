"""Drawing pages as PDF; knows marks and millimetres, no meetings."""
