"""What others ask a meeting to take up: a slot for a briefing, a point under any other business."""
