"""Slot budget, scenarios, reasons."""
