"""From evaluated questions to training examples."""
