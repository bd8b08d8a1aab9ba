"""Nights of foxes in the small world of the demo models: what they are like, and how they end."""

import math
import random

SEASONS = ["winter", "spring", "summer", "autumn"]
FEATURES = ["season", "hours_of_dark", "temperature", "snow_cm", "moonlight", "age_years"]
TYPES = ["c", "float", "float", "float", "float", "float"]

MEAN_DARK = [15.0, 10.5, 7.0, 12.0]
MEAN_DEGREES = [-2.0, 8.0, 17.0, 9.0]
FOOD = [-1.1, 0.3, 0.9, 0.7]  # mice are there all year, berries in summer and autumn


def night(rng):
    """One night: features, NaN where nobody looked."""
    season = rng.randrange(4)
    dark = rng.gauss(MEAN_DARK[season], 1.2)
    degrees = rng.gauss(MEAN_DEGREES[season], 5.0)
    snow = max(0.0, rng.gauss(2.0 - degrees, 6.0)) if degrees < 3 else 0.0
    moonlight = rng.random()
    age = min(12.0, rng.expovariate(0.35))
    row = [float(season), round(dark, 1), round(degrees, 1), round(snow, 0), round(moonlight, 2),
           round(age, 1)]
    for column, share in ((2, 0.04), (3, 0.08)):
        if rng.random() < share:
            row[column] = math.nan
    return row, chance(season, dark, degrees, snow, moonlight, age)


def chance(season, dark, degrees, snow, moonlight, age):
    """The chance that the fox finds food."""
    x = FOOD[season] + 0.18 * (dark - 9.0)
    x -= 0.09 * max(0.0, snow - 8.0)  # mice run below the snow
    x -= 0.10 * max(0.0, -6.0 - degrees)
    x += 1.4 * moonlight if snow > 0 else -0.8 * moonlight  # it sees them, or they see it
    x += -1.6 if age < 1.0 else 0.5 if age < 7.0 else -0.7
    return 1 / (1 + math.exp(-x))


def nights(count, seed):
    """Rows and whether food was found, 1 or 0."""
    rng = random.Random(seed)
    rows, found = [], []
    for _ in range(count):
        row, p = night(rng)
        rows.append(row)
        found.append(1.0 if rng.random() < p else 0.0)
    return rows, found
