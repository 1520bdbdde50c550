"""The wire protocol: its messages, who may say what when, and its published schema. No sockets."""
