"""What the elder templates ask of the request."""
