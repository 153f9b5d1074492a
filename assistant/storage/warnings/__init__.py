"""Warnings and the situations behind them as rows."""
