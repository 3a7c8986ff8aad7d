"""Work that runs later, once, with progress and an outcome."""
