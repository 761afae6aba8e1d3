"""The yardstick: the same score for every model."""
