"""What became of suggestions and what recurs over many chats, made again from the raw inputs."""
