"""An independent reference implementation of the project's definitions.

Plain Python, row by row, exact fractions: slow, simple, and written from the definitions alone, never from
the SQL. The integration tests compare the marts with it. `compute` takes raw tables as lists of text rows.

Where the definitions leave room, the reference chooses what their words most literally say:

Raw rows
 1. Ids and free texts are not trimmed; a text of blanks only is NULL. Numbers and times are read trimmed.
 2. A timestamp needs seconds; `T`, `Z` in capitals; an offset is `+HH:MM`, `+HHMM` or `+HH`, up to 14:59.
 3. `12.` and `12.0` are whole numbers, `1e3` is none, nor is one of more than 15 digits;
    an amount of 1e16 and more is unparseable.
 4. closed_at of an open item is ignored altogether: it can neither be unparseable nor end before the start.
 5. A currency is also unknown when the moment that decides its rate is missing or unparseable (USD never is).
 6. data_as_of looks at every row read whose loaded_at can be read: also rejected and superseded ones.
 7. An agent is "seen in logs" when any table with an agent_id names it in a standing row, bills included.

Facts
 8. processed_at and first_handoff_at exist for every item with a hand-off or a close, human-only and excluded
    ones too; seconds_to_outcome for every closed item; escalation_reason for escalated items only.
 9. Tokens and costs of an item follow "zero is not unknown": 0 without rows, NULL where rows exist and none
    is known. review_minutes is NULL if none is known, also without rows. imputed_value is 0 where nothing is
    to be imputed, NULL only where the baseline is missing.
10. A row that names only a message has no conversation.
11. was_retried holds for successful calls too (retry_rate counts failed ones). "Another
    call" excludes the call itself; naming itself still makes a call a retry. attempt_number
    NULL is 1 when attempts are compared.
12. Calls that name the same absent original are not joined into one request by that.
    The first call of a request is the earliest, then the one with the smallest id.
13. A hand-off "names only its item" when its conversation_id is NULL and its work_item_id equals the one the
    conversation names, whether that item has arrived or not.
14. A human message follows an AI message when it was sent strictly later.
    "Hand-off record naming" a conversation, in the csat rule, is one with its conversation_id.
15. not_deflected_reason is compared for identifiable mature conversations only.
16. A call with a reported cost is never a price tier fallback.
    A price row needs to exist even where all buckets are 0: else the call is unpriced.

Metrics
17. Without any table that holds cost (api_calls, human_reviews, infra_costs all missing) "cost" is NULL,
    and so is every metric of cost, with numerator and denominator.
18. A period is complete when the local date of data_as_of has reached the next period.
19. Rates of rows carry a Wilson interval, cache_token_rate too (n = tokens); shares of money carry none.
20. Means: sample variance (n - 1), no interval for n = 1. Deltas of scores: p (1 - p) / n of each side.
21. A return counts in a return rate only within the denominator (identifiable, mature for that window).
    returned_resolution_share counts items with an identifiable mature conversation that was returned.
    cost_per_kept_outcome leaves out items with any returned conversation, mature or not.
22. cost_per_conversation of an agent takes all its ledger rows, human-only ones too.
23. cache_net_saving is NULL where there are calls and none has a price row with the prices it needs; a call
    without cache tokens saves 0.
24. retry_cost_share and unattributed_cost_share are shares of "cost", so without human-only rows.
25. csat_delta_mix_adjusted: the cell of a survey without an item is (no type, its conversation's channel),
    NULL is a cell like any other, denominator = the smaller n within comparable cells.
26. llm_invoice_gap_pct exists for `all` only: all invoices of the period (per provider the usage report where
    there is no other bill) against all modelled cost, of providers without a bill too.
27. open_escalations counts items still `escalated_open` whose hand-off falls into the period.
28. human_minutes counts every review with known minutes, quality checks too. active_human_agents counts
    distinct ids over both sources together; it is NULL when both tables are missing.
29. headcount of an agent uses its setting on the last local date of the period (or of data_as_of); NULL when
    the period begins after data_as_of. Its denominator stays the FTE cost where the numerator is NULL.
30. Metrics that are values only have neither numerator nor denominator.
31. Columns said to be NULL without a table are NULL with numerator and denominator, also
    survey_prompt_coverage (conversations, csat_responses), the deflection kinds (as deflection_rate), return
    rates of other windows and conversations_started (conversations), returned_resolution_share (work_items,
    conversations), human_minutes (human_reviews), llm_invoice_gap_pct (infra_costs).
32. A forecast of `all` is its own stated value, else its own six drivers,
    else the sum over the agents that the data hold.

Trends and scorecard
33. moving_average_4 and rolling_4_value look at four calendar periods,
    and at those of them that have a value.
34. A row of targets with agent and use case goes before one with the agent alone; one row holds as a whole.
    Before the month in which its target or alarm begins there is none; suspicious bounds always hold.
35. previous_period puts the earlier value on the side on which the metric gets worse.
36. A forecast of an amount or a count (which grows with the period) is compared with months only.
37. An incomplete period never drifts. Outside a band is worse; a metric without a better side has
    no direction against its forecast. The direction is that of the target where the value drifts
    from it, else of the forecast.
38. A metric that has an interval, but not in this row (a mean of one value), is not significant. Metrics that
    the definitions name neither with nor without an interval go by completed outcomes where they have none.
39. The months of `all` count from the earliest deployed_at that is stated. Where no period is complete, the
    scorecard shows the latest one that has begun.

Breakdowns and segments
40. Without a hand-off initiated_by is `unrecorded`, and so is a segment that nothing names; cost of no item
    is the segment `no_work_item`, of dimension `team` the agent's. Shares of usage are shares of known cost.
41. A conversation's segment is its own topic and channel, and its item's type;
    csat is the mean rating of leg ai.

Variance
42. Without processed items all cost is fixed cost. No unit effects without items and outcomes on both sides.
43. Money of a stated unit cost is that times processed_items × completion_rate. With drivers missing on one
    side no effect is given. The forecast of `all` in money is the sum of its agents'.
44. forecast_gap of `all`: the weighted gaps of its agents,
    and what their forecasts together differ from its own.
45. An agent without activity in a month has drivers of 0.
    Effects of `all` per outcome are NULL where no agent has any.

Profit and loss, states, scenarios
46. cumulative_margin begins in the month of deployment; a month of unknown margin makes it
    unknown from there on. payback_month is the first complete month in which it reaches the
    implementation cost, up to the row's own.
47. The programme's productivity target is the sum over agents with a row in the month; its
    implementation cost that of all agents deployed by then. capacity_equivalent_saved counts quality
    checks, and is the sum for `all`.
48. Every rule that fits an agent is judged, month by month; a bound itself is not beyond. The state
    is the first of: retired (by the last local date of the month or of data_as_of), the gravest
    rule that fired, onboarding (three months), not_rated (incomplete, or fewer completed outcomes
    than minimum_sample), performing.
49. A scenario last_month_of_<agent> holds the last complete month in which the agent processed anything.
    Return = (12 × saving − implementation cost) / implementation cost; break-even is NULL where one more
    item saves nothing, payback where nothing is saved.

Support reports
50. Answered counts conversations, not surveys. An ending without conversations may have no row,
    nor a policy without a denominator. is_biased is false where either coverage is unknown.
51. A human takes part in a conversation with a message, with a hand-off that names it,
    and with one that names only its item while it was open.
52. invoiced_cost and provider_report_cost are NULL, not 0, where no bill came;
    modelled_cost is 0 without calls.
"""

from dataclasses import dataclass, replace

from .costs import ledger as build_ledger
from .facts import Facts, Options
from .metrics import Measure, Metrics
from .settings import Settings, read_settings
from .staging import greatest_loaded_at, orphaned_references, stage_all

__all__ = ["Measure", "Options", "Result", "Settings", "compute", "read_settings"]


@dataclass
class Result:
    staged: dict
    facts: Facts
    ledger: list
    metrics: Metrics
    measures: dict  # (metric_id, grain, period_start, agent_id) -> Measure
    orphans: dict


def compute(raw, settings_rows, options=Options()):
    """raw: {table: [{column: text or None}]}, an absent key is a missing table."""
    settings = Settings(settings_rows)
    staged = stage_all(raw, settings)
    data_as_of = options.data_as_of or greatest_loaded_at(raw)
    facts = Facts(staged, settings, options, data_as_of)
    ledger = build_ledger(facts)
    metrics = Metrics(facts, ledger)
    measures = {
        key: replace(measure, is_complete=metrics.is_complete(key[1], key[2]))
        for key, measure in metrics.compute().items()
    }
    return Result(staged, facts, ledger, metrics, measures, orphaned_references(staged))
