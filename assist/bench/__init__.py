"""What this machine can do: the service under load, beside a bare echo in the same run."""
