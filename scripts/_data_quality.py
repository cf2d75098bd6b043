"""What a run has to say about its data: what is missing, what was set aside, what has no price."""

from __future__ import annotations

from _marts import Query

NEEDED = ("audit_raw_row_counts", "audit_missing_tables", "audit_unpriced_calls")
STATES = ("kept", "superseded", "rejected", "duplicate", "excluded")
MAX_NAMES = 6


def sentences(query: Query) -> list[str]:
    """One line each; every number stands in an audit mart."""
    counts = query("select * from marts.audit_raw_row_counts")
    sums = {state: sum(row[f"rows_{state}"] or 0 for row in counts) for state in ("read", *STATES)}
    ends = [f"{sums[state]:,} {state}" for state in STATES if sums[state] or state == "kept"]
    found = [f"{sums['read']:,} rows read = {' + '.join(ends)}"]
    for column, words, mart in (
        ("rows_rejected", "rejected", "audit_rejected_records says why"),
        ("rows_excluded", "excluded", "audit_excluded_calls says by which rule"),
    ):
        of_tables = {row["source_table"]: row[column] for row in counts if row[column]}
        if of_tables:
            largest = sorted(of_tables, key=lambda name: (-of_tables[name], name))
            named = ", ".join(f"{name} {of_tables[name]:,}" for name in largest[:MAX_NAMES])
            more = f" and {len(largest) - MAX_NAMES} more" if len(largest) > MAX_NAMES else ""
            found.append(f"{sum(of_tables.values()):,} {words} ({named}{more}): {mart}")
    missing = query("select table_name from marts.audit_missing_tables order by table_name")
    if missing:
        names = ", ".join(row["table_name"] for row in missing)
        found.append(f"no {names}: audit_missing_tables says which metrics stay empty")
    unpriced = query("select reason, count(*) as calls from marts.audit_unpriced_calls group by 1 order by 1")
    if unpriced:
        calls = sum(row["calls"] for row in unpriced)
        named = ", ".join(f"{row['reason']} {row['calls']:,}" for row in unpriced)
        found.append(f"{calls:,} calls of unknown cost ({named}): audit_unpriced_calls says which")
    return found
