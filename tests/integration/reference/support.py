"""Survey coverage, resolution policies, invoices and modelled cost, operations per minute."""

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction

from .costs import invoices
from .facts import known_sum
from .metrics import ALL
from .periods import period_start
from .statistics import percentile


def pct(part, whole):
    return None if part is None or not whole else Fraction(part) / Fraction(whole) * 100


# Survey coverage ------------------------------------------------------------------------------


def ending(conversation):
    if conversation.is_handed_off:
        return "handed_off"
    return "abandoned" if conversation.close_reason in ("abandoned", "timed_out") else "resolved"


def survey_coverage(result):
    metrics, rows = result.metrics, []
    answered = [survey for survey in result.facts.surveys if survey.is_answered]
    conversations = {survey.conversation_id for survey in answered}
    items = {survey.work_item_id for survey in answered if survey.conversation_id is None} - {None}
    for (grain, start, agent_id), closed in metrics.closed.cells.items():
        if grain != "month":
            continue
        mine = []
        for name in ("handed_off", "abandoned", "resolved"):
            ended = [c for c in closed if ending(c) == name]
            prompted = [c for c in ended if metrics.is_prompted(c)]
            replied = [c for c in prompted if c.conversation_id in conversations or c.work_item_id in items]
            mine.append(
                {
                    "month": start,
                    "agent_id": agent_id,
                    "ending": name,
                    "closed_conversations": len(ended),
                    "prompted_conversations": len(prompted),
                    "prompt_coverage_pct": pct(len(prompted), len(ended)),
                    "answered": len(replied),
                    "response_rate_pct": pct(len(replied), len(prompted)),
                }
            )
        happy = mine[-1]["prompt_coverage_pct"]
        for row in mine:
            own = row["prompt_coverage_pct"]
            is_unhappy = row["ending"] != "resolved"
            row["is_biased"] = is_unhappy and None not in (own, happy) and own < happy / 2
        rows += mine
    return rows


# Resolution by policy -------------------------------------------------------------------------


def resolution_by_policy(result):
    facts, rows = result.facts, []
    first_human = _first_human(facts)
    for policy in facts.settings.rows["resolution_policies"]:
        window = policy["window_hours"]
        hours = int(window) if window is not None else facts.options.return_window_hours
        kinds = {kind.strip() for kind in policy["counted_kinds"].split("|")}
        takes_back = policy["take_back_on_return"].strip().lower() == "true"
        for (grain, start, agent_id), closed in result.metrics.closed.cells.items():
            judged = [c for c in closed if facts.is_mature(c, hours) and _is_judged(c, policy["denominator"])]
            counted = [
                c
                for c in judged
                if _kind(c, first_human.get(c.conversation_id), hours) in kinds
                and not (takes_back and facts.is_returned_within(c, hours))
            ]
            rows.append(
                {
                    "grain": grain,
                    "period_start": start,
                    "agent_id": agent_id,
                    "policy_id": policy["policy_id"],
                    "numerator": len(counted),
                    "denominator": len(judged),
                    "rate_pct": pct(len(counted), len(judged)),
                }
            )
    return rows


def _is_judged(conversation, denominator):
    return {
        "closed": True,
        "ai_touched": conversation.is_ai_touched,
        "identifiable": conversation.is_identifiable,
    }[denominator]


def _first_human(facts):
    """When a human first took part in a conversation: a human message, or a hand-off of it."""
    moments = defaultdict(list)
    for message in facts.messages:
        if message.sender_type == "human":
            moments[message.conversation_id].append(message.sent_at)
    of_item = defaultdict(list)
    for handoff in facts.handoffs:
        if handoff.conversation_id is not None:
            moments[handoff.conversation_id].append(handoff.handed_off_at)
        else:
            of_item[handoff.work_item_id].append(handoff.handed_off_at)
    for key, conversation in facts.conversations.items():
        if conversation.work_item_id is not None:
            moments[key] += [
                moment
                for moment in of_item[conversation.work_item_id]
                if conversation.started_at <= moment
                and (conversation.closed_at is None or moment <= conversation.closed_at)
            ]
    return {key: min(found) for key, found in moments.items() if found}


def _kind(conversation, first_human_at, hours):
    if not conversation.is_ai_touched:
        return None
    if first_human_at is not None:
        is_late = first_human_at > conversation.started_at + timedelta(hours=hours)
        return "late_human" if is_late else None
    outcome = conversation.item.outcome if conversation.item else None
    if conversation.close_reason == "abandoned" or outcome in ("abandoned", "abandoned_after_escalation"):
        return "abandoned"
    return "confirmed" if outcome == "ai_confirmed" else "assumed"


# Invoices -------------------------------------------------------------------------------------


def llm_invoice_reconciliation(result):
    facts = result.facts
    calls, bills = defaultdict(list), defaultdict(lambda: ([], []))
    for call in facts.calls:
        month = period_start("month", facts.day(call.started_at), 1)
        calls[month, call.provider.strip().lower()].append(call)
    for day, provider, is_report, amount in invoices(facts):
        bills[period_start("month", day, 1), provider][is_report].append(amount)
    rows = []
    for key in sorted({*calls, *bills}, key=str):
        mine = calls.get(key, [])
        others, reports = bills.get(key, ([], []))
        modelled = known_sum(call.cost for call in mine)
        report = sum(reports) if reports else None
        invoiced = sum(others) if others else report
        gap = None if None in (invoiced, modelled) else invoiced - modelled
        rows.append(
            {
                "month": key[0],
                "provider": key[1],
                "modelled_cost": modelled,
                "reported_cost": known_sum(call.cost for call in mine if call.cost_source == "reported"),
                "provider_report_cost": report,
                "invoiced_cost": invoiced,
                "gap": gap,
                "gap_pct": pct(gap, invoiced),
                "unpriced_calls": sum(call.cost_source == "unpriced" for call in mine),
                "calls_without_tokens": sum(call.total_tokens is None for call in mine),
            }
        )
    return rows


# Operations per minute ------------------------------------------------------------------------


def operations_per_minute(result):
    started, calls = defaultdict(list), defaultdict(list)
    for rows, groups in ((result.facts.conversations.values(), started), (result.facts.calls, calls)):
        for row in rows:
            minute = row.started_at.replace(second=0, microsecond=0)
            groups[minute, ALL].append(row)
            if row.agent_id is not None:
                groups[minute, row.agent_id].append(row)
    found = []
    for key in {*started, *calls}:
        opened, made = started.get(key, []), calls.get(key, [])
        seconds = [c.first_response_seconds for c in opened if c.first_response_seconds is not None]
        failed = [call for call in made if call.status == "error"]
        found.append(
            {
                "minute_start": key[0],
                "agent_id": key[1],
                "conversations_started": len(opened),
                "first_response_seconds_median": percentile(seconds, Fraction(1, 2)),
                "first_response_seconds_p95": percentile(seconds, Fraction(95, 100)),
                "api_calls": len(made),
                "calls_per_second": Fraction(len(made), 60),
                "failed_api_calls": len(failed),
                "error_rate_pct": pct(len(failed), len(made)),
                "retried_api_calls": sum(call.was_retried for call in failed),
                "total_tokens": known_sum(call.total_tokens for call in made),
                "cost": known_sum(call.cost for call in made),
            }
        )
    return found
