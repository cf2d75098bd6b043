"""The cost ledger: every unit of money once, bills spread over local days and given to items."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .facts import AI_OUTCOMES
from .periods import shares_of_local_dates

LAYERS = ("api", "retries", "human_review", "infrastructure", "observability", "vector_db", "platform")
BILL_LAYERS = ("infrastructure", "observability", "vector_db", "platform")


@dataclass(frozen=True)
class Entry:
    """A ledger row; amount None stands for what is not in the ledger: an unpriced call, an unknown review."""

    cost_date: date
    agent_id: str | None
    work_item_id: str | None
    cost_layer: str
    attribution: str
    is_human_only: bool
    amount: Fraction | None


def ledger(facts):
    entries = [_call_entry(facts, call) for call in facts.calls]
    entries += [_review_entry(facts, review) for review in facts.reviews]
    drivers = _drivers(facts)
    for bill in facts.raw_infra_costs.values():
        if bill["cost_layer"] in BILL_LAYERS:
            entries += _bill_entries(facts, bill, drivers)
    return entries


def _call_entry(facts, call):
    return Entry(
        cost_date=facts.day(call.started_at),
        agent_id=call.agent_id,
        work_item_id=call.item_id,
        cost_layer="retries" if call.is_retry else "api",
        attribution=call.attribution,
        is_human_only=facts.is_human_only(call.item_id),
        amount=call.cost,
    )


def _review_entry(facts, review):
    rate = facts.settings.hourly_rate(review.reviewer_role, review.started_at)
    is_known = rate is not None and review.minutes is not None
    return Entry(
        cost_date=facts.day(review.started_at),
        agent_id=review.agent_id,
        work_item_id=review.item_id,
        cost_layer="human_review",
        attribution=review.attribution,
        is_human_only=facts.is_human_only(review.item_id),
        amount=review.minutes / 60 * rate if is_known else None,
    )


def _drivers(facts):
    """driver name -> local date -> item id -> amount of the driver."""
    drivers = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for call in facts.calls:
        if call.item_id is not None:
            day = facts.day(call.started_at)
            drivers["tokens"][day][call.item_id] += call.total_tokens or 0
            drivers["api_calls"][day][call.item_id] += 1
    for retrieval in facts.retrievals:
        if retrieval.item_id is not None:
            drivers["kb_retrievals"][facts.day(retrieval.retrieved_at)][retrieval.item_id] += 1
    for item in facts.items.values():
        if item.outcome in AI_OUTCOMES:
            drivers["ai_outcomes"][facts.day(item.closed_at)][item.work_item_id] += 1
    return drivers


def _bill_entries(facts, bill, drivers):
    zone = facts.options.reporting_timezone
    days = shares_of_local_dates(bill["charge_start"], bill["charge_end"], zone)
    total_time = sum(time for _, time in days)
    driver = drivers[facts.settings.driver(bill["cost_layer"])]
    for day, time in days:
        day_amount = bill["amount_usd"] * time / total_time
        weights = {
            item_id: weight
            for item_id, weight in driver[day].items()
            if weight and bill["agent_id"] in (None, facts.items[item_id].agent_id)
        }
        total_weight = sum(weights.values())
        if not total_weight:
            yield Entry(day, bill["agent_id"], None, bill["cost_layer"], "unattributed", False, day_amount)
        for item_id, weight in weights.items():
            yield Entry(
                cost_date=day,
                agent_id=facts.items[item_id].agent_id,
                work_item_id=item_id,
                cost_layer=bill["cost_layer"],
                attribution="allocated",
                is_human_only=facts.is_human_only(item_id),
                amount=day_amount * weight / total_weight,
            )


def invoices(facts):
    """[(local date, provider, whether a usage report, amount)] of the model providers' bills."""
    rows = []
    for bill in facts.raw_infra_costs.values():
        if bill["cost_layer"] != "llm_api":
            continue
        days = shares_of_local_dates(
            bill["charge_start"], bill["charge_end"], facts.options.reporting_timezone
        )
        total_time = sum(time for _, time in days)
        provider = (bill["vendor"] or "").strip().lower() or None
        is_report = (bill["service"] or "").strip().lower() == "cost_report"
        rows += [(day, provider, is_report, bill["amount_usd"] * time / total_time) for day, time in days]
    return rows
