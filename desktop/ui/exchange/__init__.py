"""交换: bundles out and in, sticks, history."""
