"""Every metric of the registry at every grain, per agent and for `all`."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from .costs import LAYERS, invoices
from .facts import AI_OUTCOMES, AI_RESOLVED, known_sum
from .periods import GRAINS, next_period, period_start
from .statistics import normal, percentile, variance_of_mean, variance_of_share, wilson

ALL = "all"


@dataclass(frozen=True)
class Measure:
    value: object = None
    numerator: object = None
    denominator: object = None
    ci_low: float | None = None
    ci_high: float | None = None
    is_complete: bool = False


# Which raw tables a metric cannot exist without; section 1 of the metrics page.
_ITEM_METRICS = (
    "cost_per_outcome first_touch_resolution_rate escalation_rate review_minutes_per_escalation"
    " margin_contribution tokens_per_outcome latency_to_outcome_p95 cost_variance_vs_forecast"
    " headcount_equivalent_saved abandonment_rate confirmed_resolution_share review_time_coverage"
    " stranded_cost cost_per_ai_resolution completed_outcomes processed_items open_escalations"
    " human_cost_per_item unrecorded_escalation_share returned_resolution_share cost_per_kept_outcome"
).split()
_CALL_METRICS = (
    "tokens_per_outcome cache_hit_rate cache_token_rate cache_net_saving retry_rate retry_cost_share"
    " requests_with_retry_rate priced_call_share cache_reporting_share"
).split()
_CONVERSATION_METRICS = (
    "average_handling_time return_rate_24h return_rate_72h return_rate_7d identifiable_share"
    " cost_per_conversation ai_touch_rate first_response_time first_response_time_mean"
    " first_response_time_p95 deflection_rate deflection_confirmed_rate deflection_assumed_rate"
    " deflection_abandoned_rate handoff_rate conversations_started survey_prompt_coverage"
    " returned_resolution_share"
).split()
_MESSAGE_METRICS = (
    "ai_touch_rate first_response_time first_response_time_mean first_response_time_p95"
    " deflection_rate deflection_confirmed_rate deflection_assumed_rate deflection_abandoned_rate"
).split()
_HANDOFF_METRICS = (
    "deflection_rate deflection_confirmed_rate deflection_assumed_rate deflection_abandoned_rate"
    " handoff_rate"
).split()
_SURVEY_METRICS = (
    "csat_delta csat_ai csat_human survey_response_rate csat_delta_mix_adjusted csat_comparable_share"
    " survey_prompt_coverage"
).split()
NEEDED_TABLES = {
    "work_items": _ITEM_METRICS,
    "api_calls": _CALL_METRICS,
    "human_reviews": ["review_minutes_per_escalation", "review_time_coverage", "human_minutes"],
    "csat_responses": _SURVEY_METRICS,
    "conversations": _CONVERSATION_METRICS,
    "messages": _MESSAGE_METRICS,
    "handoffs": _HANDOFF_METRICS,
    "sentiment_scores": ["negative_sentiment"],
    "kb_retrievals": ["kb_hit_rate"],
    "reply_edits": ["edit_feedback_rate"],
    "infra_costs": ["llm_invoice_gap_pct"],
}

# NULL when no table holds any cost.
COST_METRICS = (
    "cost_per_outcome margin_contribution cost_variance_vs_forecast headcount_equivalent_saved"
    " cost_per_conversation retry_cost_share unattributed_cost_share stranded_cost cost_per_ai_resolution"
    " total_cost human_cost_per_item cost_per_kept_outcome"
).split()

METRIC_SETS = {
    "agent": (
        "cost_per_outcome first_touch_resolution_rate escalation_rate review_minutes_per_escalation"
        " margin_contribution tokens_per_outcome cache_hit_rate retry_rate latency_to_outcome_p95"
        " cost_variance_vs_forecast csat_delta headcount_equivalent_saved"
    ).split(),
    "support": (
        "ai_touch_rate first_response_time average_handling_time deflection_rate handoff_rate"
        " return_rate_24h csat_ai csat_human negative_sentiment cost_per_conversation kb_hit_rate"
        " edit_feedback_rate"
    ).split(),
    "diagnostic": (
        "abandonment_rate confirmed_resolution_share review_time_coverage cache_token_rate"
        " cache_net_saving retry_cost_share unattributed_cost_share stranded_cost identifiable_share"
        " survey_response_rate cost_per_ai_resolution requests_with_retry_rate priced_call_share"
        " cache_reporting_share deflection_confirmed_rate deflection_assumed_rate"
        " deflection_abandoned_rate first_response_time_mean first_response_time_p95 return_rate_72h"
        " return_rate_7d csat_delta_mix_adjusted csat_comparable_share survey_prompt_coverage"
        " llm_invoice_gap_pct total_cost completed_outcomes processed_items conversations_started"
        " open_escalations human_cost_per_item active_human_agents human_minutes"
        " unrecorded_escalation_share returned_resolution_share cost_per_kept_outcome"
    ).split(),
}
METRIC_IDS = [metric for metrics in METRIC_SETS.values() for metric in metrics]


class Cube:
    """Rows by (grain, period start, agent or `all`)."""

    def __init__(self, facts, rows, instant, agent=lambda row: row.agent_id, is_date=False):
        self.cells = defaultdict(list)
        for row in rows:
            when = instant(row)
            if when is None:
                continue
            day = when if is_date else facts.day(when)
            for grain in GRAINS:
                start = period_start(grain, day, facts.options.week_start)
                self.cells[grain, start, ALL].append(row)
                if agent(row) is not None:
                    self.cells[grain, start, agent(row)].append(row)

    def __getitem__(self, cell):
        return self.cells.get(cell, [])


class Metrics:
    def __init__(self, facts, ledger):
        self.facts, self.settings, self.options = facts, facts.settings, facts.options
        self.has_cost_tables = not {"api_calls", "human_reviews", "infra_costs"} <= facts.missing_tables
        items = list(facts.items.values())
        conversations = list(facts.conversations.values())

        def cube(rows, instant, **more):
            return Cube(facts, rows, instant, **more)

        self.processed = cube([i for i in items if i.is_processed], lambda i: i.processed_at)
        self.closed_items = cube(items, lambda i: i.closed_at)
        self.ledger = cube(ledger, lambda e: e.cost_date, is_date=True)
        self.calls = cube(facts.calls, lambda c: c.started_at)
        self.requests = cube(_logical_requests(facts.calls), lambda r: r[0].started_at, agent=_first_agent)
        self.reviews = cube(facts.reviews, lambda r: r.started_at)
        self.human_messages = cube(
            [m for m in facts.messages if m.sender_type == "human"], lambda m: m.sent_at
        )
        self.values = cube(
            [v for v in facts.values if v.item_id and facts.items[v.item_id].outcome in AI_RESOLVED],
            lambda v: v.recognized_at,
        )
        self.answered = cube([s for s in facts.surveys if s.is_answered], lambda s: s.responded_at)
        self.prompted = cube(facts.surveys, lambda s: s.prompted_at)
        self.sentiments = cube(facts.sentiments, lambda s: s.scored_at)
        self.retrievals = cube(facts.retrievals, lambda r: r.retrieved_at)
        self.edits = cube(facts.edits, lambda e: e.edited_at)
        self.started = cube(conversations, lambda c: c.started_at)
        self.closed = cube(conversations, lambda c: c.closed_at)
        self.invoices = cube(invoices(facts), lambda i: i[0], agent=lambda i: None, is_date=True)

        self.conversations_of_item = defaultdict(list)
        for conversation in conversations:
            self.conversations_of_item[conversation.work_item_id].append(conversation)
        self.conversation_agents = {c.agent_id for c in conversations if c.agent_id is not None}
        self.surveyed_conversations = {s.conversation_id for s in facts.surveys}
        self.surveyed_items = {s.work_item_id for s in facts.surveys if s.conversation_id is None}
        self.cells = self._cells()

    # The grid ---------------------------------------------------------------------------------

    def _cells(self):
        """Every period with any row, for `all` and for each agent with a row in it."""
        cubes = [value for value in vars(self).values() if isinstance(value, Cube)]
        return sorted({cell for cube in cubes for cell in cube.cells}, key=str)

    def compute(self):
        missing = {
            metric for table in self.facts.missing_tables for metric in NEEDED_TABLES.get(table, ())
        }
        if not self.has_cost_tables:
            missing |= set(COST_METRICS)
        if not self.options.impute_cost_avoidance and "outcome_values" in self.facts.missing_tables:
            missing.add("margin_contribution")
        measures = {}
        for cell in self.cells:
            for metric in METRIC_IDS:
                measure = Measure() if metric in missing else getattr(self, metric)(cell)
                measures[(metric, *cell)] = measure
        return measures

    def is_complete(self, grain, start):
        as_of = self.facts.day(self.facts.data_as_of)
        return as_of is not None and next_period(grain, start) <= as_of

    # Shared parts -----------------------------------------------------------------------------

    def cost_entries(self, cell):
        return [entry for entry in self.ledger[cell] if not entry.is_human_only]

    def sum_cost(self, entries):
        return known_sum(entry.amount for entry in entries) if self.has_cost_tables else None

    def cost(self, cell):
        return self.sum_cost(self.cost_entries(cell))

    def outcomes(self, cell):
        return [item for item in self.closed_items[cell] if item.is_completed_outcome]

    def closed_with(self, cell, outcomes):
        return [item for item in self.closed_items[cell] if item.outcome in outcomes]

    def elapsed_days(self, grain, start):
        last = min(next_period(grain, start) - timedelta(days=1), self.facts.day(self.facts.data_as_of))
        return (last - start).days + 1

    def settings_day(self, grain, start):
        return min(next_period(grain, start) - timedelta(days=1), self.facts.day(self.facts.data_as_of))

    # The twelve agent KPIs --------------------------------------------------------------------

    def cost_per_outcome(self, cell):
        return _ratio(self.cost(cell), len(self.outcomes(cell)))

    def first_touch_resolution_rate(self, cell):
        return _share(self.processed[cell], lambda item: item.is_first_touch_resolved)

    def escalation_rate(self, cell):
        return _share(self.processed[cell], lambda item: item.is_escalated)

    def review_minutes_per_escalation(self, cell):
        escalated = [item for item in self.processed[cell] if item.is_escalated]
        return _mean([item.review_minutes for item in escalated if item.review_minutes is not None])

    def margin_contribution(self, cell):
        value, cost = self.outcome_value(cell), self.cost(cell)
        return Measure(None if value is None or cost is None else value - cost)

    def outcome_value(self, cell):
        unvalued = [item for item in self.closed_with(cell, AI_RESOLVED) if not item.values]
        return known_sum(
            [value.amount_usd for value in self.values[cell]] + [item.imputed_value for item in unvalued]
        )

    def tokens_per_outcome(self, cell):
        return _ratio(known_sum(call.total_tokens for call in self.calls[cell]), len(self.outcomes(cell)))

    def cache_hit_rate(self, cell):
        chats = [call for call in self.calls[cell] if call.operation == "chat"]
        reporting = [call for call in chats if call.cache_read_tokens is not None]
        return _share(reporting, lambda call: call.cache_read_tokens > 0)

    def retry_rate(self, cell):
        return _share(self.calls[cell], lambda call: call.status == "error" and call.was_retried)

    def latency_to_outcome_p95(self, cell):
        seconds = [item.seconds_to_outcome for item in self.closed_with(cell, AI_RESOLVED)]
        return Measure(percentile(seconds, Fraction(95, 100)), None, len(seconds))

    def cost_variance_vs_forecast(self, cell):
        _, start, agent_id = cell
        forecast = forecast_unit_cost(self.facts, start.replace(day=1), agent_id)
        actual = self.cost_per_outcome(cell).value
        difference = None if None in (actual, forecast) else actual - forecast
        return _ratio(difference, forecast, scale=100)

    def csat_delta(self, cell):
        ai, human = self.csat_sides(cell)
        return _delta_of_shares([(Fraction(1), ai, human)], min(len(ai), len(human)))

    def csat_sides(self, cell):
        """(answered surveys of this agent's AI side, of the programme's human side)."""
        grain, start, _ = cell
        ai = [survey for survey in self.answered[cell] if self.csat_side(survey) == "ai"]
        programme = self.answered[grain, start, ALL]
        return ai, [survey for survey in programme if self.csat_side(survey) == "human"]

    def csat_side(self, survey):
        item = self.facts.item_of(survey)
        if item is not None:
            if item.outcome in AI_RESOLVED:
                return "ai"
            return "human" if item.outcome in ("human_after_escalation", "human_only") else None
        conversation = self.facts.conversations.get(survey.conversation_id)
        if conversation is None:
            return None
        if conversation.human_messages:
            return "human"
        return "ai" if conversation.ai_messages and not conversation.is_named_by_handoff else None

    def headcount_equivalent_saved(self, cell):
        grain, start, agent_id = cell
        if agent_id == ALL:
            agents = [c[2] for c in self.cells if c[:2] == (grain, start) and c[2] != ALL]
            values = [self.headcount_equivalent_saved((grain, start, agent)).value for agent in agents]
            known = [value for value in values if value is not None]
            return Measure(sum(known) if known else None)
        settings = self.settings.agent(agent_id, self.settings_day(grain, start))
        baseline, fte_cost = settings.get("baseline_cost_per_outcome"), settings.get("fte_annual_cost")
        cost, days = self.cost(cell), self.elapsed_days(grain, start)
        if None in (baseline, fte_cost, cost) or days < 1:
            return Measure(None, None, fte_cost)
        saving = (len(self.outcomes(cell)) * baseline - cost) * 365 / days
        return _ratio(saving, fte_cost)

    # The twelve support metrics ---------------------------------------------------------------

    def ai_touch_rate(self, cell):
        return _share(self.started[cell], lambda conversation: conversation.is_ai_touched)

    def first_responses(self, cell):
        seconds = [conversation.first_response_seconds for conversation in self.started[cell]]
        return [second for second in seconds if second is not None]

    def first_response_time(self, cell):
        seconds = self.first_responses(cell)
        return Measure(percentile(seconds, Fraction(1, 2)), None, len(seconds))

    def average_handling_time(self, cell):
        return _mean([conversation.handling_minutes for conversation in self.closed[cell]])

    def judged(self, cell):
        """The identifiable mature closed conversations."""
        return [c for c in self.closed[cell] if c.is_identifiable and c.is_mature]

    def deflection_rate(self, cell):
        return _share(self.judged(cell), lambda conversation: conversation.is_deflected)

    def handoff_rate(self, cell):
        return _share(self.closed[cell], lambda conversation: conversation.is_handed_off)

    def return_rate_24h(self, cell):
        return self._return_rate(cell, self.options.return_window_hours)

    def _return_rate(self, cell, hours):
        mature = [c for c in self.closed[cell] if c.is_identifiable and self.facts.is_mature(c, hours)]
        return _share(mature, lambda conversation: self.facts.is_returned_within(conversation, hours))

    def csat_ai(self, cell):
        return self._mean_rating(cell, "ai")

    def csat_human(self, cell):
        return self._mean_rating(cell, "human")

    def _mean_rating(self, cell, leg):
        return _mean([survey.rating for survey in self.answered[cell] if survey.leg == leg])

    def negative_sentiment(self, cell):
        return _mean([100 * score.negative_score for score in self.sentiments[cell]])

    def cost_per_conversation(self, cell):
        entries = self.ledger[cell]
        if cell[2] == ALL:
            entries = [
                entry
                for entry in entries
                if entry.agent_id is None
                or entry.agent_id in self.conversation_agents
                or entry.is_human_only
            ]
        return _ratio(self.sum_cost(entries), len(self.started[cell]))

    def kb_hit_rate(self, cell):
        labelled = [look_up for look_up in self.retrievals[cell] if look_up.expected_document_id is not None]
        return _share(labelled, lambda look_up: look_up.top_document_id == look_up.expected_document_id)

    def edit_feedback_rate(self, cell):
        return _share(self.edits[cell], lambda edit: edit.fed_back_at is not None)

    # Diagnostics ------------------------------------------------------------------------------

    def abandonment_rate(self, cell):
        return _share(self.processed[cell], lambda item: item.outcome == "abandoned")

    def confirmed_resolution_share(self, cell):
        return _share(self.closed_with(cell, AI_RESOLVED), lambda item: item.outcome == "ai_confirmed")

    def review_time_coverage(self, cell):
        escalated = [item for item in self.processed[cell] if item.is_escalated]
        return _share(escalated, lambda item: item.review_minutes is not None)

    def cache_token_rate(self, cell):
        reporting = [call for call in self.calls[cell] if call.cache_read_tokens is not None]
        read = sum(call.cache_read_tokens for call in reporting)
        prompt = sum((call.input_tokens or 0) + (call.cache_write_tokens or 0) for call in reporting) + read
        return _with_wilson(_ratio(read, prompt, scale=100))

    def cache_net_saving(self, cell):
        return Measure(known_sum(_cache_net_saving(call) for call in self.calls[cell]))

    def retry_cost_share(self, cell):
        entries = [e for e in self.cost_entries(cell) if e.cost_layer in ("api", "retries")]
        retries = [entry for entry in entries if entry.cost_layer == "retries"]
        return _ratio(self.sum_cost(retries), self.sum_cost(entries), scale=100)

    def unattributed_cost_share(self, cell):
        entries = self.cost_entries(cell)
        unattributed = [entry for entry in entries if entry.attribution == "unattributed"]
        return _ratio(self.sum_cost(unattributed), self.sum_cost(entries), scale=100)

    def stranded_cost(self, cell):
        return Measure(0 if self.outcomes(cell) else self.cost(cell))

    def identifiable_share(self, cell):
        return _share(self.closed[cell], lambda conversation: conversation.is_identifiable)

    def survey_response_rate(self, cell):
        return _share(self.prompted[cell], lambda survey: survey.is_answered)

    def cost_per_ai_resolution(self, cell):
        return _ratio(self.cost(cell), len(self.closed_with(cell, AI_OUTCOMES)))

    def requests_with_retry_rate(self, cell):
        return _share(self.requests[cell], lambda calls: len(calls) > 1)

    def priced_call_share(self, cell):
        return _share(self.calls[cell], lambda call: call.cost_source != "unpriced")

    def cache_reporting_share(self, cell):
        chats = [call for call in self.calls[cell] if call.operation == "chat"]
        return _share(chats, lambda call: call.cache_read_tokens is not None)

    def deflection_confirmed_rate(self, cell):
        return self._deflection_of_kind(cell, "confirmed")

    def deflection_assumed_rate(self, cell):
        return self._deflection_of_kind(cell, "assumed")

    def deflection_abandoned_rate(self, cell):
        return self._deflection_of_kind(cell, "abandoned")

    def _deflection_of_kind(self, cell, kind):
        return _share(self.judged(cell), lambda conversation: conversation.deflection_kind == kind)

    def first_response_time_mean(self, cell):
        return _mean(self.first_responses(cell))

    def first_response_time_p95(self, cell):
        seconds = self.first_responses(cell)
        return Measure(percentile(seconds, Fraction(95, 100)), None, len(seconds))

    def return_rate_72h(self, cell):
        return self._return_rate(cell, 72)

    def return_rate_7d(self, cell):
        return self._return_rate(cell, 7 * 24)

    def csat_cells(self, cell):
        """[(AI ratings, human ratings)] of each (work_item_type, channel) both sides have; all AI ratings."""
        ai, human = self.csat_sides(cell)
        by_cell = defaultdict(lambda: ([], []))
        for side, surveys in enumerate((ai, human)):
            for survey in surveys:
                by_cell[self._mix_cell(survey)][side].append(survey)
        return [sides for sides in by_cell.values() if sides[0] and sides[1]], ai

    def _mix_cell(self, survey):
        item = self.facts.item_of(survey)
        if item is not None:
            return item.work_item_type, item.channel
        conversation = self.facts.conversations.get(survey.conversation_id)
        return None, conversation.channel if conversation else None

    def csat_delta_mix_adjusted(self, cell):
        comparable, _ = self.csat_cells(cell)
        n_ai = sum(len(ai) for ai, _ in comparable)
        n_human = sum(len(human) for _, human in comparable)
        weighted = [(Fraction(len(ai), n_ai), ai, human) for ai, human in comparable]
        return _delta_of_shares(weighted, min(n_ai, n_human))

    def csat_comparable_share(self, cell):
        comparable, ai = self.csat_cells(cell)
        inside = {survey.survey_id for surveys, _ in comparable for survey in surveys}
        return _share(ai, lambda survey: survey.survey_id in inside)

    def survey_prompt_coverage(self, cell):
        return _share(self.closed[cell], self.is_prompted)

    def is_prompted(self, conversation):
        return conversation.conversation_id in self.surveyed_conversations or (
            conversation.work_item_id is not None and conversation.work_item_id in self.surveyed_items
        )

    def llm_invoice_gap_pct(self, cell):
        if cell[2] != ALL:
            return Measure()
        by_provider = defaultdict(lambda: ([], []))
        for _, provider, is_report, amount in self.invoices[cell]:
            by_provider[provider][is_report].append(amount)
        invoiced = sum(sum(bills or reports) for bills, reports in by_provider.values())
        modelled = known_sum(call.cost for call in self.calls[cell])
        if not by_provider:
            return Measure()
        return _ratio(None if modelled is None else invoiced - modelled, invoiced, scale=100)

    def total_cost(self, cell):
        return Measure(self.cost(cell))

    def completed_outcomes(self, cell):
        return Measure(len(self.outcomes(cell)))

    def processed_items(self, cell):
        return Measure(len(self.processed[cell]))

    def conversations_started(self, cell):
        return Measure(len(self.started[cell]))

    def open_escalations(self, cell):
        return Measure(sum(item.outcome == "escalated_open" for item in self.processed[cell]))

    def human_cost_per_item(self, cell):
        entries = [entry for entry in self.ledger[cell] if entry.is_human_only]
        completed = [
            item
            for item in self.closed_items[cell]
            if item.outcome == "human_only" and item.status == "completed"
        ]
        return _ratio(self.sum_cost(entries), len(completed))

    def active_human_agents(self, cell):
        if {"human_reviews", "messages"} <= self.facts.missing_tables:
            return Measure()
        people = {review.reviewer_id for review in self.reviews[cell]}
        people |= {message.sender_id for message in self.human_messages[cell]}
        return Measure(len(people - {None}))

    def human_minutes(self, cell):
        return Measure(known_sum(review.minutes for review in self.reviews[cell]))

    def unrecorded_escalation_share(self, cell):
        return _share(self.closed_with(cell, AI_RESOLVED), self._has_unrecorded_human)

    def _has_unrecorded_human(self, item):
        return any(review.review_type in ("escalation", "handling") for review in item.reviews) or any(
            conversation.human_messages for conversation in self.conversations_of_item[item.work_item_id]
        )

    def returned_resolution_share(self, cell):
        def judged(item):
            mine = self.conversations_of_item[item.work_item_id]
            return [c for c in mine if c.is_identifiable and c.is_mature]

        items = [item for item in self.closed_with(cell, AI_RESOLVED) if judged(item)]
        return _share(items, lambda item: any(c.is_returned for c in judged(item)))

    def cost_per_kept_outcome(self, cell):
        kept = [
            item
            for item in self.outcomes(cell)
            if not any(c.is_returned for c in self.conversations_of_item[item.work_item_id])
        ]
        return _ratio(self.cost(cell), len(kept))

    def missing_cost_layers(self, grain, start):
        """Of the expected layers, those without a ledger row of the programme in the period."""
        present = {entry.cost_layer for entry in self.ledger[grain, start, ALL] if entry.amount is not None}
        coverage = self.review_time_coverage((grain, start, ALL)).value
        missing = [layer for layer in self.options.expected_cost_layers if layer not in present]
        if "human_review" in present and coverage is not None and coverage < 50:
            if "human_review" in self.options.expected_cost_layers:
                missing.append("human_review")
        return sorted(missing, key=LAYERS.index)


# Forecast -------------------------------------------------------------------------------------

DRIVERS = (
    "processed_items",
    "completion_rate",
    "escalation_rate",
    "api_cost_per_item",
    "review_cost_per_escalation",
    "fixed_cost",
)


def forecast_drivers(facts, month, agent_id, version="original"):
    """The six drivers, rates as shares; None unless all six are stated."""
    drivers = {name: facts.settings.forecast(month, agent_id, name, version) for name in DRIVERS}
    if None in drivers.values():
        return None
    drivers["completion_rate"] /= 100
    drivers["escalation_rate"] /= 100
    return drivers


def implied_unit_cost(drivers):
    if drivers is None or not drivers["processed_items"] or not drivers["completion_rate"]:
        return None
    per_item = (
        drivers["fixed_cost"] / drivers["processed_items"]
        + drivers["api_cost_per_item"]
        + drivers["escalation_rate"] * drivers["review_cost_per_escalation"]
    )
    return per_item / drivers["completion_rate"]


def own_forecast_unit_cost(facts, month, agent_id, version="original"):
    stated = facts.settings.forecast(month, agent_id, "cost_per_outcome", version)
    if stated is not None:
        return stated
    return implied_unit_cost(forecast_drivers(facts, month, agent_id, version))


def forecast_unit_cost(facts, month, agent_id, version="original"):
    own = own_forecast_unit_cost(facts, month, agent_id, version)
    return sum_of_agents(facts, month, version) if own is None and agent_id == ALL else own


def sum_of_agents(facts, month, version="original"):
    """The programme's unit cost by the forecasts of agents that the data hold and that give both parts."""
    cost = outcomes = Fraction(0)
    for agent in {row["agent_id"] for row in facts.settings.rows["forecasts"]} & set(facts.agents):
        unit_cost = own_forecast_unit_cost(facts, month, agent, version)
        items = facts.settings.forecast(month, agent, "processed_items", version)
        rate = facts.settings.forecast(month, agent, "completion_rate", version)
        if None in (unit_cost, items, rate):
            continue
        outcomes += items * rate / 100
        cost += unit_cost * items * rate / 100
    return cost / outcomes if outcomes else None


# Helpers --------------------------------------------------------------------------------------


def _ratio(numerator, denominator, scale=1):
    if numerator is None or not denominator:
        return Measure(None, numerator, denominator)
    return Measure(Fraction(numerator) / Fraction(denominator) * scale, numerator, denominator)


def _with_wilson(measure):
    if measure.value is None:
        return measure
    low, high = wilson(measure.numerator, measure.denominator)
    return Measure(measure.value, measure.numerator, measure.denominator, 100 * low, 100 * high)


def _share(rows, holds):
    """Percent of rows for which it holds, with a Wilson interval."""
    return _with_wilson(_ratio(sum(1 for row in rows if holds(row)), len(rows), scale=100))


def _mean(values, scale=1):
    measure = _ratio(sum(values), len(values), scale)
    if not values:
        return measure
    variance = variance_of_mean(values)
    low, high = normal(measure.value, None if variance is None else variance * scale**2)
    return Measure(measure.value, measure.numerator, measure.denominator, low, high)


def _delta_of_shares(strata, n):
    """Weighted difference, in points, of the shares of ratings of 4 and more; normal interval."""
    if not n:
        return Measure(None, None, n)
    delta = variance = Fraction(0)
    for weight, ai, human in strata:
        for sign, surveys in ((1, ai), (-1, human)):
            happy = sum(survey.rating >= 4 for survey in surveys)
            delta += sign * weight * Fraction(happy, len(surveys)) * 100
            variance += weight**2 * variance_of_share(happy, len(surveys)) * 100**2
    low, high = normal(delta, variance)
    return Measure(delta, None, n, low, high)


def _cache_net_saving(call):
    """Saved by reads less paid extra for writes, in USD; None where a needed price is unknown."""
    if call.price is None:
        return None
    saving = Fraction(0)
    for bucket, sign in (("cache_read", 1), ("cache_write", -1)):
        tokens = getattr(call, f"{bucket}_tokens")
        if not tokens:
            continue
        price, input_price = call.price[f"{bucket}_usd_per_million"], call.price["input_usd_per_million"]
        if None in (price, input_price):
            return None
        difference = input_price - price if sign > 0 else price - input_price
        saving += sign * tokens * difference / 10**6
    return saving


def _logical_requests(calls):
    """Calls joined by request_id or retry_of, each request sorted, its first call in front."""
    parent = {call.api_call_id: call.api_call_id for call in calls}

    def root(key):
        while parent[key] != key:
            key = parent[key]
        return key

    first_of_request = {}
    for call in calls:
        if call.request_id is not None:
            first = first_of_request.setdefault(call.request_id, call.api_call_id)
            parent[root(call.api_call_id)] = root(first)
        if call.retry_of_api_call_id in parent:
            parent[root(call.api_call_id)] = root(call.retry_of_api_call_id)
    requests = defaultdict(list)
    for call in calls:
        requests[root(call.api_call_id)].append(call)
    return [sorted(group, key=lambda c: (c.started_at, c.api_call_id)) for group in requests.values()]


def _first_agent(calls):
    return calls[0].agent_id
