"""What each place says of an event, read as somebody outside would: and what the database says."""
