"""Printed values: money, dates, months, web addresses."""
