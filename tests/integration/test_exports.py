"""Exports of other systems: recorded runs count to the token, broken rows are rejected with their reasons."""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import ON_BOTH_ENGINES

FOLDER = os.environ.get("AGENT_KPIS_REAL_RUNS", "")
recorded = pytest.mark.skipif(not FOLDER, reason="AGENT_KPIS_REAL_RUNS names no folder with recorded runs")
READ = "+fct_api_calls +fct_conversations +audit_raw_row_counts +audit_rejected_records +audit_excluded_calls"
EXPORTS = {
    "litellm": ["litellm_spendlogs.parquet"],
    "langfuse": ["langfuse_observations.jsonl.gz", "langfuse_traces.jsonl.gz", "langfuse_scores.jsonl.gz"],
    "otel": ["otel_traces_clickhouse.jsonl.gz"],
}
EXPORTS["litellm and langfuse"] = EXPORTS["litellm"] + EXPORTS["langfuse"]
EXPORTS["langfuse and otel"] = EXPORTS["langfuse"] + EXPORTS["otel"]
EXPORTS["all"] = EXPORTS["litellm"] + EXPORTS["langfuse"] + EXPORTS["otel"]
# calls, tokens of the prompt, of them cached, of the answer, calls with a cache read, USD
RECORDED = {
    "chloe_gpt4o-refined": (1276, 6077420, 4402432, 76882, 1256, Decimal("10.45933")),
    "tudor_gpt4o-refined": (1366, 6678856, 5314816, 79479, 1342, Decimal("10.84841")),
}
# The one run that was also exported as OTLP.
RECORDED_OTLP = {"tudor_gpt4o-refined": (457, 2223455, 1723904, 27231)}
BY_AGENT = """
    select
        agent_id, count(*) as calls,
        sum(input_tokens + cache_read_tokens) as prompt, sum(cache_read_tokens) as cached,
        sum(output_tokens) as answer, sum(case when is_cache_hit then 1 else 0 end) as hits, sum(cost) as cost
    from marts.fct_api_calls group by agent_id
"""


def raw_path(folder, files):
    """A raw path with just these files of the recorded runs."""
    for name in files:
        (folder / Path(name).name).symlink_to(next(Path(FOLDER).rglob(name)))
    return folder


def built(harness, path, request=None, target="duckdb", **options):
    if target == "postgres":
        harness.postgres_environment = request.getfixturevalue("postgres_environment")
    return harness.build(path, target=target, select=READ, **options)


def by_agent(build):
    return {row["agent_id"]: tuple(row.values())[1:] for row in build.query(BY_AGENT)}


def counts(build):
    return {row["source_table"]: row for row in build.mart("audit_raw_row_counts")}


@recorded
@pytest.mark.parametrize("target", ON_BOTH_ENGINES)
@pytest.mark.parametrize("systems", EXPORTS)
def test_recorded_runs_count_the_same_through_every_system(harness, request, tmp_path, systems, target):
    build = built(harness, raw_path(tmp_path, EXPORTS[systems]), request, target)
    assert build.success, build.failures
    assert by_agent(build) == RECORDED
    # the simulated customer is a model too, and not ours
    (excluded,) = build.mart("audit_excluded_calls")
    assert (excluded["rule"], excluded["calls"], excluded["tokens"]) == ("user_simulator", 1476, 1185278)
    assert excluded["cost"] == Decimal("2.477758")
    calls = counts(build)["api_calls"]
    copies = len(systems.split(" and ")) - 1 if systems != "all" else 2
    assert (calls["rows_kept"], calls["rows_excluded"]) == (2642, 1476)
    assert (calls["rows_duplicate"], calls["rows_rejected"]) == (copies * 4118, 0)


@recorded
@pytest.mark.parametrize("target", ON_BOTH_ENGINES)
def test_a_recorded_run_counts_the_same_as_otlp(harness, request, tmp_path, target):
    build = built(harness, raw_path(tmp_path, ["otlp_json.jsonl.gz"]), request, target)
    assert build.success, build.failures
    assert {agent: row[:4] for agent, row in by_agent(build).items()} == RECORDED_OTLP
    assert counts(build)["api_calls"]["rows_excluded"] == 259


@recorded
def test_native_rows_are_believed_before_those_of_an_export(harness, tmp_path):
    raw_path(tmp_path, [*EXPORTS["all"], "api_calls.parquet", "conversations.parquet"])
    build = built(harness, tmp_path)
    assert build.success, build.failures
    assert by_agent(build) == RECORDED
    sources = build.query("select distinct source_system from marts.fct_api_calls")
    assert [row["source_system"] for row in sources] == ["native"]
    assert counts(build)["conversations"]["rows_kept"] == 240


@recorded
@pytest.mark.parametrize("target", ON_BOTH_ENGINES)
def test_published_samples_of_tickets_and_bills_are_read_without_rejects(harness, request, tmp_path, target):
    for system in ("zendesk", "intercom", "focus"):
        (tmp_path / system).symlink_to(Path(FOLDER) / system)
    build = built(harness, tmp_path, request, target)
    assert build.success, build.failures
    assert build.mart("audit_rejected_records") == []
    kept = {table: row["rows_kept"] for table, row in counts(build).items()}
    # ten tickets and two conversations; two of the tickets were deleted
    assert (kept["work_items"], kept["conversations"], kept["infra_costs"]) == (12, 10, 1000)
    excluded = build.query(
        "select work_item_id from intermediate.int_records__work_items where status = 'excluded' order by 1"
    )
    assert [row["work_item_id"] for row in excluded] == ["11013", "1595"]
    (bill,) = build.query(
        "select sum(amount) as amount, min(amount) as credit from intermediate.int_records__infra_costs"
    )
    assert abs(bill["amount"] - Decimal("14.976514186")) < Decimal("1e-9")
    assert bill["credit"] <= -3


SOUND = {
    "request_id": "sound",
    "prompt_tokens": 10,
    "completion_tokens": 5,
    "startTime": "2026-03-01T10:00:00",
    "model": "gpt-4o",
    "custom_llm_provider": "openai",
    "agent_id": "agent",
    "metadata": {"status": "success"},
}
CUT_OFF = '{"request_id": "cut off", "prompt_tokens": 1'
BROKEN = {
    "changed type": (SOUND | {"prompt_tokens": "ten"}, ["unparseable:input_tokens"]),
    "changed type of money": (SOUND | {"spend": "free"}, ["unparseable:reported_cost_usd"]),
    "changed form of a time": (
        SOUND | {"startTime": "1 March 2026"},
        ["missing:loaded_at", "unparseable:started_at"],
    ),
    "no time": (
        {k: v for k, v in SOUND.items() if k != "startTime"},
        ["missing:loaded_at", "missing:started_at"],
    ),
    "metadata cut off": (SOUND | {"metadata": '{"status": "succ'}, ["not_allowed:status"]),
    "negative tokens": (SOUND | {"completion_tokens": -5}, ["negative:output_tokens"]),
}


@pytest.mark.parametrize("target", ON_BOTH_ENGINES)
def test_broken_rows_of_an_export_are_rejected_with_their_reasons(harness, request, tmp_path, target):
    rows = [SOUND] + [row | {"request_id": case} for case, (row, _) in BROKEN.items()]
    (tmp_path / "litellm_spendlogs.jsonl").write_text("\n".join([*map(json.dumps, rows), CUT_OFF]))
    build = built(harness, tmp_path, request, target)
    assert build.success, build.failures
    assert [call["api_call_id"] for call in build.mart("fct_api_calls")] == ["sound"]
    rejected = {row["record_key"]: row["reasons"].split(", ") for row in build.mart("audit_rejected_records")}
    # of a line that is cut off nothing can be read
    assert "missing:api_call_id" in rejected.pop(None)
    assert rejected == {case: reasons for case, (_, reasons) in BROKEN.items()}


@pytest.mark.parametrize("name", ["otel_traces.jsonl", "otlp_json.jsonl", "langfuse_observations.jsonl"])
def test_a_line_cut_off_is_rejected_in_every_layout(harness, tmp_path, name):
    (tmp_path / name).write_text('{"resourceSpans": [{"scopeSpans"\n')
    build = built(harness, tmp_path)
    assert build.success, build.failures
    (rejected,) = (row for row in build.mart("audit_rejected_records") if row["source_table"] == "api_calls")
    assert "missing:api_call_id" in rejected["reasons"]


def test_a_document_cut_off_stops_the_build_before_any_mart(harness, tmp_path):
    (tmp_path / "openai_costs.json").write_text('{"data": [{"start_time": 1772323200, "results": [')
    build = harness.build(tmp_path)
    assert not build.success
    assert any("openai_costs.json" in sentence for sentence in build.failures), build.failures
    assert list((build.folder / "target").rglob("run/**/*.sql")) == []


@pytest.mark.parametrize(
    "name",
    [
        "LiteLLM_SpendLogs.jsonl",
        "litellm_spendlogs.jsonl",
        "litellm_spendlogs/part-1.jsonl",
        "litellm/LiteLLM_SpendLogs.jsonl",
        "litellm/spend_logs.jsonl",
        "litellm/spend_logs_data/part-1.jsonl",
    ],
)
def test_an_export_is_found_under_any_of_its_names(harness, tmp_path, name):
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(SOUND))
    build = built(harness, tmp_path)
    assert build.success, build.failures
    assert [call["api_call_id"] for call in build.mart("fct_api_calls")] == ["sound"]
