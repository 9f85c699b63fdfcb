"""What is measured: whole processes beside their anchor, in alternation, told as ratios of medians."""
