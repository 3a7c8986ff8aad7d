"""What a meeting asked for: action items with their owners, due days and what became of them."""
