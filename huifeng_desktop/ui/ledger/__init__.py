"""台账: what a year's meetings add up to, per person and per unit, with the meetings behind each figure."""
