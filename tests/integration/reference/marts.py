"""What the marts must hold, as rows of plain Python values under the columns of the marts contract."""

from collections import defaultdict

from .contract import TABLES
from .costs import LAYERS
from .facts import known_sum
from .metrics import METRIC_SETS
from .staging import TOKEN_COLUMNS


def _rows(records, columns):
    return [{column: getattr(record, column) for column in columns.split()} for record in records]


def dim_agents(result):
    columns = "agent_id agent_name team use_case deployed_at retired_at is_known"
    return _rows(result.facts.agents.values(), columns)


def fct_api_calls(result):
    columns = (
        "api_call_id agent_id conversation_id provider model operation service_tier started_at"
        " latency_seconds input_tokens cache_read_tokens cache_write_tokens output_tokens total_tokens status"
        " error_type is_retry was_retried is_cache_hit cost cost_source attribution is_price_tier_fallback"
        " agent_version"
    )
    rows = _rows(result.facts.calls, columns)
    for row, call in zip(rows, result.facts.calls):
        row["work_item_id"] = call.item_id
    return rows


def fct_conversations(result):
    columns = (
        "conversation_id work_item_id agent_id channel topic started_at closed_at close_reason is_ai_touched"
        " is_handed_off is_identifiable is_mature is_returned is_deflected deflection_kind"
        " not_deflected_reason first_response_seconds handling_minutes ai_messages human_messages"
        " customer_messages"
    )
    return _rows(result.facts.conversations.values(), columns)


def fct_work_items(result):
    columns = (
        "work_item_id agent_id work_item_type channel topic received_at processed_at closed_at outcome"
        " is_processed is_completed_outcome is_first_touch_resolved is_escalated escalation_reason"
        " first_handoff_at"
        " seconds_to_outcome review_minutes recorded_value imputed_value agent_version"
    )
    calls, entries = defaultdict(list), defaultdict(list)
    for call in result.facts.calls:
        calls[call.item_id].append(call)
    for entry in result.ledger:
        entries[entry.work_item_id].append(entry)
    rows = _rows(result.facts.items.values(), columns)
    for row in rows:
        mine, paid = calls[row["work_item_id"]], entries[row["work_item_id"]]
        failed = [call for call in mine if call.status == "error"]
        row["api_calls"] = len(mine)
        row["failed_api_calls"] = len(failed)
        row["retried_api_calls"] = sum(call.was_retried for call in failed)
        for column in (*TOKEN_COLUMNS, "total_tokens"):
            row[column] = known_sum(getattr(call, column) for call in mine)
        for layer in LAYERS:
            row[f"{layer}_cost"] = known_sum(entry.amount for entry in paid if entry.cost_layer == layer)
        row["total_cost"] = known_sum(entry.amount for entry in paid)
    return rows


LEDGER_KEY = ("cost_date", "agent_id", "work_item_id", "cost_layer", "attribution", "is_human_only")


def fct_cost_ledger(result):
    """Summed by everything but the amount; what has no known amount is not in the ledger."""
    sums = defaultdict(lambda: 0)
    for entry in result.ledger:
        if entry.amount is not None:
            sums[tuple(getattr(entry, column) for column in LEDGER_KEY)] += entry.amount
    return [dict(zip(LEDGER_KEY, key), amount=amount) for key, amount in sums.items()]


def audit_rejected_records(result):
    """loaded_at in text where it can be read; the raw row without the columns that are hashed."""
    return [
        {
            "source_table": reject.source_table,
            "record_key": reject.record_key,
            "reasons": reject.reasons,
            "loaded_at": reject.loaded_at,
            "raw_record": dict(reject.raw_record),
        }
        for staged in result.staged.values()
        for reject in staged.rejects
    ]


def audit_raw_row_counts(result):
    return [
        {
            "source_table": name,
            "rows_read": staged.rows_read,
            "rows_kept": len(staged.rows),
            "rows_superseded": staged.rows_superseded,
            "rows_rejected": len(staged.rejects),
            "rows_duplicate": 0,
            "rows_excluded": 0,
        }
        for name, staged in result.staged.items()
    ]


def fct_metric_values(result):
    sets = {metric: name for name, metrics in METRIC_SETS.items() for metric in metrics}
    return [
        {
            "metric_id": metric,
            "metric_set": sets[metric],
            "grain": grain,
            "period_start": start,
            "agent_id": agent_id,
            "numerator": measure.numerator,
            "denominator": measure.denominator,
            "value": measure.value,
            "ci_low": measure.ci_low,
            "ci_high": measure.ci_high,
            "is_complete": measure.is_complete,
        }
        for (metric, grain, start, agent_id), measure in result.measures.items()
    ]


CONTRACT_COLUMNS = {name: table.column_names() for name, table in TABLES.items()}
