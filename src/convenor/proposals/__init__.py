"""What is proposed, by whom, with whom."""
