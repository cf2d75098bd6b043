"""Raw text rows to typed rows: reject reasons, versions, counts."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from .contract import (
    CLOSE_REASONS,
    CURRENCY_INSTANT,
    ERROR_TYPES,
    PERSONAL_COLUMNS,
    REFERENCES,
    TABLES,
)
from .values import PARSERS, cleaned, parse_timestamp

TOKEN_COLUMNS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")


@dataclass
class Staged:
    """One raw table after staging. `rows` are the standing versions, by key."""

    is_missing: bool = False
    rows_read: int = 0
    rows_superseded: int = 0
    rows: dict = field(default_factory=dict)
    rejects: list = field(default_factory=list)


@dataclass(frozen=True)
class Reject:
    source_table: str
    record_key: str | None
    reasons: str
    loaded_at: datetime | None
    raw_record: tuple  # (column, text), personal columns left out


def stage_all(raw, settings):
    return {name: stage(name, raw.get(name), settings) for name in TABLES}


def greatest_loaded_at(raw):
    """Over all rows read: also the rejected and the superseded ones."""
    instants = []
    for name in TABLES:
        for raw_row in raw.get(name) or ():
            text = cleaned(raw_row.get("loaded_at"))
            if text is not None and parse_timestamp(text) is not None:
                instants.append(parse_timestamp(text))
    return max(instants, default=None)


def stage(name, raw_rows, settings):
    if raw_rows is None:
        return Staged(is_missing=True)
    table, staged = TABLES[name], Staged(rows_read=len(raw_rows))
    for raw_row in raw_rows:
        texts = {column.name: cleaned(raw_row.get(column.name)) for column in table.columns}
        row, reasons = _typed_row(table, texts, settings)
        if reasons:
            staged.rejects.append(
                Reject(
                    source_table=name,
                    record_key=texts[table.key],
                    reasons=", ".join(sorted(reasons)),
                    loaded_at=row["loaded_at"],
                    raw_record=tuple((c, t) for c, t in sorted(texts.items()) if c not in PERSONAL_COLUMNS),
                )
            )
            continue
        standing = staged.rows.get(row[table.key])
        if standing is not None:
            staged.rows_superseded += 1
        if standing is None or _version(name, row) > _version(name, standing):
            staged.rows[row[table.key]] = row
    return staged


def _version(name, row):
    """What orders the versions of a key. Further ties are any total order: inputs must not depend on it."""
    tokens = sum(row[column] or 0 for column in TOKEN_COLUMNS) if name == "api_calls" else 0
    return row["loaded_at"], tokens


def _typed_row(table, texts, settings):
    """(typed row with the contract's defaults, set of broken rules)."""
    texts = dict(texts)
    if table.name == "work_items" and (texts["status"] or "").strip().lower() == "open":
        texts["closed_at"] = None  # ignored, whatever it holds
    row, reasons = {}, set()
    for column in table.columns:
        row[column.name] = _typed_value(column, texts[column.name], reasons)
    _check_row(table, texts, row, reasons, settings)
    if not reasons:
        _apply_defaults(table.name, row, settings)
    return row, reasons


def _typed_value(column, text, reasons):
    if text is None:
        if column.required:
            reasons.add(f"missing:{column.name}")
        return None
    if column.words:
        word = text.strip().lower()
        if word not in column.words:
            reasons.add(f"not_allowed:{column.name}")
            return None
        return word
    value = PARSERS[column.kind](text)
    if value is None:
        reasons.add(f"unparseable:{column.name}")
        return None
    if column.at_least_zero and value < 0:
        reasons.add(f"negative:{column.name}")
    if column.bounds:
        low, high = column.bounds
        if (low is not None and value < low) or (high is not None and value > high):
            reasons.add(f"out_of_range:{column.name}")
    return value


def _check_row(table, texts, row, reasons, settings):
    if table.span:
        start_column, end_column, end_must_be_later = table.span
        start, end = row[start_column], row[end_column]
        if start is not None and end is not None and (end < start or (end_must_be_later and end == start)):
            reasons.add("ends_before_start")
    if table.needs_subject and texts["work_item_id"] is None and texts["conversation_id"] is None:
        reasons.add("no_subject")
    if table.name in CURRENCY_INSTANT and texts["currency"] is not None:
        if settings.usd_per_unit(texts["currency"], row[CURRENCY_INSTANT[table.name]]) is None:
            reasons.add("unknown_currency")
    if table.name == "work_items":
        if row["status"] in ("completed", "abandoned") and texts["closed_at"] is None:
            reasons.add("missing:closed_at")
        if row["status"] == "completed" and texts["resolved_by"] is None:
            reasons.add("missing:resolved_by")


def _apply_defaults(name, row, settings):
    row["source_system"] = row["source_system"] or "native"
    if name == "conversations" and row["close_reason"] is not None:
        word = row["close_reason"].strip().lower()
        row["close_reason"] = word if word in CLOSE_REASONS else row["close_reason"]
    elif name == "api_calls":
        row["operation"] = row["operation"] or "chat"
        row["service_tier"] = row["service_tier"] or "standard"
        row["attempt_number"] = row["attempt_number"] or 1
        if row["status"] == "success":
            row["error_type"] = None
        else:
            word = (row["error_type"] or "").strip().lower()
            row["error_type"] = word if word in ERROR_TYPES else "other"
        reported = [row[column] for column in TOKEN_COLUMNS if row[column] is not None]
        row["total_tokens"] = sum(reported) if reported else None
    elif name == "handoffs":
        row["reason"] = settings.handoff_reason(row["reason"])
    elif name == "human_reviews":
        row["review_type"] = row["review_type"] or "escalation"
        row["minutes"] = row["active_minutes"]
        if row["minutes"] is None and row["ended_at"] is not None:
            row["minutes"] = seconds_between(row["started_at"], row["ended_at"]) / 60
    elif name in CURRENCY_INSTANT:
        row["amount_usd"] = row["amount"] * settings.usd_per_unit(
            row["currency"], row[CURRENCY_INSTANT[name]]
        )
    if name == "csat_responses":
        row["is_answered"] = row["rating"] is not None and row["responded_at"] is not None


def seconds_between(start, end):
    """Exact, as a fraction."""
    gap = end - start
    return gap.days * 86400 + gap.seconds + Fraction(gap.microseconds, 10**6)


def orphaned_references(staged):
    """{(table, column): number of standing rows whose parent has not arrived}."""
    counts = {}
    for (name, column), parent in REFERENCES.items():
        named = [row[column] for row in staged[name].rows.values() if row[column] is not None]
        orphans = sum(1 for key in named if key not in staged[parent].rows)
        if orphans:
            counts[name, column] = orphans
    return counts
