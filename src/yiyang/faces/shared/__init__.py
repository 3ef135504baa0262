"""What every face shares: texts for money, days and masks, and their template filters."""
