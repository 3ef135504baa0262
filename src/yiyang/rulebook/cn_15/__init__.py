"""Inner Mongolia: amounts of the region, in force in every banner and county unless a city or county says otherwise."""
