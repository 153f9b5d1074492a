"""The vocabulary: frozen values, standard library only, no I/O, time is passed in."""
