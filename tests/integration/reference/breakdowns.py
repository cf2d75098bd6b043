"""What the numerators are made of: escalations, retries, costs and model use; and segments."""

from collections import defaultdict
from fractions import Fraction

from .facts import known_sum
from .staging import TOKEN_COLUMNS

UNRECORDED = "unrecorded"


def _groups(rows, *keys):
    """Rows by the values of the keys."""
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(key(row) for key in keys)].append(row)
    return groups


def with_shares(rows, part):
    """share_pct within a period and agent; None where the total is 0 or unknown, or a part negative."""
    totals = _groups(rows, lambda row: (row["grain"], row["period_start"], row["agent_id"]))
    for (_,), mine in totals.items():
        parts = [row[part] for row in mine if row[part] is not None]
        total = sum(parts)
        has_shares = total and min(parts) >= 0
        for row in mine:
            has_share = has_shares and row[part] is not None
            row["share_pct"] = Fraction(row[part]) / total * 100 if has_share else None
    return rows


def _rows(cube, choose, keys, measure):
    rows = []
    for (grain, start, agent_id), members in cube.cells.items():
        for values, group in _groups(choose(members), *keys.values()).items():
            period = {"grain": grain, "period_start": start, "agent_id": agent_id}
            rows.append({**period, **dict(zip(keys, values)), **measure(group)})
    return rows


def escalations_by_reason(result):
    """By the first hand-off's initiator, `unrecorded` without a hand-off."""
    keys = {
        "reason": lambda item: item.escalation_reason,
        "initiated_by": lambda item: item.first_handoff.initiated_by if item.first_handoff else UNRECORDED,
    }
    rows = _rows(
        result.metrics.processed,
        lambda items: [item for item in items if item.is_escalated],
        keys,
        lambda items: {"escalations": len(items)},
    )
    return with_shares(rows, "escalations")


def retries_by_failure_type(result):
    rows = _rows(
        result.metrics.calls,
        lambda calls: [call for call in calls if call.status == "error" and call.was_retried],
        {"error_type": lambda call: call.error_type},
        lambda calls: {"retried_calls": len(calls)},
    )
    return with_shares(rows, "retried_calls")


def costs_by_layer(result):
    rows = _rows(
        result.metrics.ledger,
        lambda entries: [entry for entry in entries if not entry.is_human_only],
        {"cost_layer": lambda entry: entry.cost_layer},
        lambda entries: {"cost": known_sum(entry.amount for entry in entries)},
    )
    return with_shares(rows, "cost")


def usage_by_model(result):
    """Every call, human-only items' too; the share is the model's share of cost."""
    rows = _rows(
        result.metrics.calls,
        lambda calls: calls,
        {"provider": lambda call: call.provider, "model": lambda call: call.model},
        lambda calls: {
            "api_calls": len(calls),
            **{column: known_sum(getattr(call, column) for call in calls) for column in TOKEN_COLUMNS},
            "cost": known_sum(call.cost for call in calls),
        },
    )
    return with_shares(rows, "cost")


# Segments -------------------------------------------------------------------------------------

DIMENSIONS = ("topic", "channel", "work_item_type", "team")
NO_WORK_ITEM = "no_work_item"


def segments(result):
    """Month, agent, dimension and segment. Cost without an item is a segment, so that costs sum up."""
    metrics, facts = result.metrics, result.facts
    rows = []
    for cell in metrics.cells:
        if cell[0] != "month":
            continue
        for dimension in DIMENSIONS:
            rows += _segments_of_cell(metrics, facts, cell, dimension)
    return rows


def _segments_of_cell(metrics, facts, cell, dimension):
    def by_segment(rows, item_of):
        return _groups(rows, lambda row: segment(facts, dimension, row, item_of(row)) or UNRECORDED)

    def segment_of_cost(entry):
        if dimension != "team" and entry.work_item_id is None:
            return NO_WORK_ITEM
        return segment(facts, dimension, entry, facts.items.get(entry.work_item_id)) or UNRECORDED

    parts = {
        "processed": by_segment(metrics.processed[cell], lambda item: item),
        "outcomes": by_segment(metrics.outcomes(cell), lambda item: item),
        "judged": _groups(metrics.judged(cell), lambda row: segment_of_conversation(facts, dimension, row)),
        "ratings": by_segment([s for s in metrics.answered[cell] if s.leg == "ai"], facts.item_of),
        "cost": _groups(metrics.cost_entries(cell), segment_of_cost),
    }
    rows = []
    for key in sorted({key for part in parts.values() for key in part}, key=str):
        processed, judged = parts["processed"].get(key, []), parts["judged"].get(key, [])
        outcomes, ratings = parts["outcomes"].get(key, []), parts["ratings"].get(key, [])
        cost = metrics.sum_cost(parts["cost"].get(key, []))
        rows.append(
            {
                "month": cell[1],
                "agent_id": cell[2],
                "dimension": dimension,
                "segment": key[0],
                "processed_items": len(processed),
                "first_touch_resolution_rate": _pct(processed, lambda item: item.is_first_touch_resolved),
                "escalation_rate": _pct(processed, lambda item: item.is_escalated),
                "return_rate_24h": _pct(judged, lambda conversation: conversation.is_returned),
                "csat": Fraction(sum(r.rating for r in ratings)) / len(ratings) if ratings else None,
                "cost_per_outcome": cost / Fraction(len(outcomes)) if outcomes and cost is not None else None,
            }
        )
    return rows


def segment(facts, dimension, row, item):
    """Of a team the agent's; else the item's, and the conversation's for a row without an item."""
    if dimension == "team":
        agent = facts.agents.get(row.agent_id)
        return agent.team if agent else None
    if item is not None:
        return getattr(item, dimension)
    conversation = facts.conversations.get(getattr(row, "conversation_id", None))
    return getattr(conversation, dimension, None)


def segment_of_conversation(facts, dimension, conversation):
    """Its own topic and channel; the type of its item."""
    if dimension in ("topic", "channel"):
        return getattr(conversation, dimension) or UNRECORDED
    return segment(facts, dimension, conversation, conversation.item) or UNRECORDED


def _pct(rows, holds):
    return Fraction(100 * sum(1 for row in rows if holds(row)), len(rows)) if rows else None


