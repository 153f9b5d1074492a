"""Dialogs: questions and forms shown over a screen, one file each."""
