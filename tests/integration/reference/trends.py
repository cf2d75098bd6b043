"""Trends: comparisons by date, targets, forecasts, drift, significance, status; and the scorecard."""

from datetime import timedelta
from fractions import Fraction

from .metrics import forecast_unit_cost
from .registry import definitions
from .targets import bounds

GRAINS = ("week", "month")
PERIODS_OF_A_YEAR = {"week": 52, "month": 12}
PERIODS_OF_A_MONTH = {"week": 4, "month": 1}

# n is their denominator, where significance asks for a sample.
PERCENTILES = ("latency_to_outcome_p95", "first_response_time", "first_response_time_p95")
# Rates, means and deltas: where they have no interval, they are never significant.
WITH_INTERVAL = (
    "first_touch_resolution_rate escalation_rate review_minutes_per_escalation cache_hit_rate retry_rate"
    " csat_delta ai_touch_rate average_handling_time deflection_rate handoff_rate return_rate_24h csat_ai"
    " csat_human negative_sentiment kb_hit_rate edit_feedback_rate abandonment_rate"
    " confirmed_resolution_share review_time_coverage cache_token_rate identifiable_share"
    " survey_response_rate requests_with_retry_rate"
    " priced_call_share cache_reporting_share deflection_confirmed_rate deflection_assumed_rate"
    " deflection_abandoned_rate first_response_time_mean return_rate_72h return_rate_7d"
    " csat_delta_mix_adjusted csat_comparable_share survey_prompt_coverage unrecorded_escalation_share"
    " returned_resolution_share"
).split()
# Amounts and counts of a period: a forecast for a month says nothing about a week.
GROWS_WITH_THE_PERIOD = (
    "margin_contribution stranded_cost cache_net_saving total_cost completed_outcomes processed_items"
    " conversations_started open_escalations active_human_agents human_minutes"
).split()


def periods_before(grain, start, count):
    if grain == "week":
        return start - timedelta(weeks=count)
    months = start.year * 12 + start.month - 1 - count
    return start.replace(year=months // 12, month=months % 12 + 1)


def trends(result, standing=lambda key: True):
    """Rows of every week and month. `standing` says which values have a row: those of nothing may lack it."""
    return [
        _row(result, key, measure, standing)
        for key, measure in result.measures.items()
        if key[1] in GRAINS and standing(key)
    ]


def _row(result, key, measure, standing):
    metric_id, grain, start, agent_id = key
    definition = definitions()[metric_id]

    def at(count, metric=metric_id):
        other = (metric, grain, periods_before(grain, start, count), agent_id)
        return result.measures.get(other) if standing(other) else None

    def value_at(count, metric=metric_id):
        return at(count, metric).value if at(count, metric) else None

    value = measure.value
    month_earlier = value_at(PERIODS_OF_A_MONTH[grain])
    last_four = [m for m in map(at, range(4)) if m is not None and m.value is not None]
    held = bounds(result.metrics, metric_id, definition["better"], grain, start, agent_id, month_earlier)
    missed = missed_bound(value, held.target_low, held.target_high)
    forecast = forecast_value(result, metric_id, grain, start, agent_id)
    drift = drift_vs_target(value, held, missed)
    drift_forecast = change_pct(value, forecast)
    threshold = result.facts.options.drift_threshold_pct
    drifts_from_target = missed is not None and (drift is None or abs(drift) > threshold)
    drifts_from_forecast = drift_forecast is not None and abs(drift_forecast) > threshold
    is_drifting = measure.is_complete and (drifts_from_target or drifts_from_forecast)
    guard = definition["guard_metric_id"]
    row = {
        "metric_id": metric_id,
        "grain": grain,
        "period_start": start,
        "agent_id": agent_id,
        "value": value,
        "ci_low": measure.ci_low,
        "ci_high": measure.ci_high,
        "previous_value": value_at(1),
        "change_pct": change_pct(value, value_at(1)),
        "month_over_month_change_pct": change_pct(value, month_earlier),
        "year_over_year_change_pct": change_pct(value, value_at(PERIODS_OF_A_YEAR[grain])),
        "moving_average_4": sum(m.value for m in last_four) / Fraction(len(last_four)) if last_four else None,
        "rolling_4_value": rolling_value(definition["unit"], last_four),
        **vars(held),
        "forecast_value": forecast,
        "drift_vs_target_pct": drift,
        "drift_vs_forecast_pct": drift_forecast,
        "is_drifting": is_drifting,
        "drift_direction": None,
        "is_significant": missed is not None and is_significant(result, key, measure, missed),
        "status": None,
        "guard_metric_id": guard,
        "guard_value": value_at(0, guard) if guard else None,
        "is_complete": measure.is_complete,
    }
    if is_drifting:
        drifted_from = missed if drifts_from_target else forecast
        row["drift_direction"] = direction(definition["better"], value - drifted_from, drifts_from_target)
    if measure.is_complete:
        row["status"] = status(value, held, missed, is_drifting)
    return row


def change_pct(value, earlier):
    """In percent of |earlier value|; None where that is 0."""
    if value is None or not earlier:
        return None
    return (Fraction(value) - earlier) / abs(Fraction(earlier)) * 100


def rolling_value(unit, measures):
    ratios = [(m.numerator, m.denominator) for m in measures]
    if not ratios or any(None in ratio for ratio in ratios) or not sum(d for _, d in ratios):
        return None
    scale = 100 if unit == "percent" else 1
    return scale * Fraction(sum(n for n, _ in ratios)) / sum(d for _, d in ratios)


def missed_bound(value, low, high):
    """The bound the value is outside of; bounds themselves are inside."""
    if value is None:
        return None
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else None


def drift_vs_target(value, held, missed):
    if value is None or (held.target_low is None and held.target_high is None):
        return None
    return 0 if missed is None else change_pct(value, missed)


def forecast_value(result, metric_id, grain, start, agent_id):
    month = start.replace(day=1)
    if metric_id == "cost_per_outcome":
        return forecast_unit_cost(result.facts, month, agent_id)
    if grain == "week" and metric_id in GROWS_WITH_THE_PERIOD:
        return None
    return result.facts.settings.forecast(month, agent_id, metric_id)


def direction(better, distance, is_from_target):
    if better in ("higher", "lower"):
        return "better" if (distance > 0) == (better == "higher") else "worse"
    return "worse" if is_from_target else None


def is_significant(result, key, measure, bound):
    """The interval excludes the bound; without one, the sample is large enough."""
    metric_id, grain, start, agent_id = key
    if metric_id in WITH_INTERVAL:
        if measure.ci_low is None:
            return False
        return not measure.ci_low <= bound <= measure.ci_high
    n = measure.denominator
    if metric_id not in PERCENTILES:
        n = len(result.metrics.outcomes((grain, start, agent_id)))
    return n >= result.facts.options.minimum_sample


def status(value, held, missed, is_drifting):
    if value is None:
        return "no_data"
    if missed_bound(value, held.alarm_low, held.alarm_high) is not None:
        return "alarm"
    if missed_bound(value, held.suspicious_low, held.suspicious_high) is not None:
        return "suspicious"
    if is_drifting:
        return "drifting"
    if missed is not None:
        return "off_target"
    return "no_target" if held.target_low is None and held.target_high is None else "on_target"


def scorecard(result, rows):
    """The latest complete week and month of the trends; where none is complete the latest that has begun."""
    found, today = [], result.facts.day(result.facts.data_as_of)
    for grain in GRAINS:
        of_grain = [row for row in rows if row["grain"] == grain]
        complete = [row for row in of_grain if row["is_complete"]]
        begun = [row for row in of_grain if row["period_start"] <= today]
        latest = max((row["period_start"] for row in complete or begun), default=None)
        missing = result.metrics.missing_cost_layers(grain, latest) if latest else []
        for row in of_grain:
            if row["period_start"] == latest:
                definition = definitions()[row["metric_id"]]
                more = {
                    column: definition[column]
                    for column in ("name", "unit", "better", "metric_set", "category")
                }
                found.append(row | more | {"missing_cost_layers": ", ".join(missing) or None})
    return found


