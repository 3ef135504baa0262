"""For systems of other departments and providers: signed requests, one branch, some rights."""
