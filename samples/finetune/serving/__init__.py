"""What the question service calls."""
