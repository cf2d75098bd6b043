"""Percentiles and intervals."""

from fractions import Fraction
from math import sqrt

Z = 1.959963984540054


def percentile(values, share):
    """Exact continuous percentile: linear between the two nearest ranks (PERCENTILE_CONT)."""
    if not values:
        return None
    ordered = sorted(values)
    position = Fraction(share) * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def wilson(successes, n):
    """95 % interval of a share, as shares."""
    if not n:
        return None, None
    p = successes / n
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(max(0.0, p * (1 - p) / n + Z * Z / (4 * n * n)))
    return max(0.0, centre - half), min(1.0, centre + half)


def normal(value, variance_of_value):
    if value is None or variance_of_value is None:
        return None, None
    half = Z * sqrt(variance_of_value)
    return float(value) - half, float(value) + half


def variance_of_mean(values):
    """Sample variance (n - 1) over n; unknown for fewer than two values."""
    n = len(values)
    if n < 2:
        return None
    mean = Fraction(sum(values)) / n
    return sum((value - mean) ** 2 for value in values) / (n - 1) / n


def variance_of_share(successes, n):
    return Fraction(successes, n) * (1 - Fraction(successes, n)) / n
