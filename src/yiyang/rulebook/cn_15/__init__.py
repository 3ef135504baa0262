"""Inner Mongolia: amounts of the region, in force wherever a city or county sets none."""
