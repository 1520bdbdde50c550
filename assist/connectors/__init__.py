"""One module per helpdesk; clients of the wire protocol like any other."""
