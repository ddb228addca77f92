"""Doc → indicator values: numerals, units, times, what a number says."""
