"""What `tests/bench/run` is made of: processes, terminals, data, measures, reports, the plot."""
