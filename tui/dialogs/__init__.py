"""Dialogs: questions and forms that lie over a screen, one file each."""
