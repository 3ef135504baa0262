"""Those who keep the house: accounts, duties and alerts, the log. Three people; none sees a record."""
