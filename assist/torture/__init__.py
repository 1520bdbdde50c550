"""What the service bears: load, faults and bad input on this machine, with a figure for each."""
