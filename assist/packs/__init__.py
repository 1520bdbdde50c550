"""Rule files: reading, checking and proving them. Text matching and deciding live elsewhere."""
