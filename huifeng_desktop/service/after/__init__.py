"""After the meeting: rulings, appeals, results, the year behind it and how long it is kept."""
