"""Languages: which one is spoken, and the texts of the app, the command line and the exports in it."""
