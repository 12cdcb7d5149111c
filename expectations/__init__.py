"""What a good return looks like: rules, suites and sentences. The only folder that imports great_expectations."""
