"""Languages: which one is spoken, and the texts of the app and of the help of commands in it."""
