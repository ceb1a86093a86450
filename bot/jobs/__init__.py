"""What the clock can say: one module a job, each with run(desk, now) that gives its tally."""
