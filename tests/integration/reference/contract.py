"""The thirteen raw tables: columns, types and rules, as the raw contract states them."""

from dataclasses import dataclass

TEXT, TIMESTAMP, WHOLE_NUMBER, NUMBER = "text", "timestamp", "whole number", "number"

# Columns that identify a person: hashed wherever a row is shown.
PERSONAL_COLUMNS = ("customer_id", "reviewer_id", "sender_id", "editor_id")


@dataclass(frozen=True)
class Column:
    name: str
    kind: str = TEXT
    required: bool = False
    words: tuple = ()  # a closed list, compared trimmed and lower-cased
    at_least_zero: bool = False
    bounds: tuple = ()  # (low, high), either may be None; both ends allowed


@dataclass(frozen=True)
class Table:
    name: str
    key: str
    columns: tuple
    # (start, end, whether end = start breaks the rule)
    span: tuple = ()
    needs_subject: bool = False

    def column_names(self):
        return tuple(column.name for column in self.columns)


def _text(name, required=False, words=()):
    return Column(name, TEXT, required, tuple(words))


def _time(name, required=False):
    return Column(name, TIMESTAMP, required)


def _tokens(name):
    return Column(name, WHOLE_NUMBER, at_least_zero=True)


def _table(name, key, *columns, span=(), needs_subject=False):
    everywhere = (_time("loaded_at", required=True), _text("source_system"))
    return Table(name, key, columns + everywhere, span, needs_subject)


_TABLES = (
    _table(
        "agents",
        "agent_id",
        _text("agent_id", required=True),
        _text("agent_name"),
        _text("team"),
        _text("use_case"),
        _time("deployed_at"),
        _time("retired_at"),
    ),
    _table(
        "work_items",
        "work_item_id",
        _text("work_item_id", required=True),
        _text("agent_id"),
        _text("work_item_type"),
        _text("channel"),
        _text("customer_id"),
        _text("topic"),
        _time("received_at", required=True),
        _time("closed_at"),
        _text("status", required=True, words=("open", "completed", "abandoned", "excluded")),
        _text("resolved_by", words=("ai", "human")),
        _text("resolution_evidence", words=("confirmed", "assumed")),
        _text("agent_version"),
        span=("received_at", "closed_at", False),
    ),
    _table(
        "conversations",
        "conversation_id",
        _text("conversation_id", required=True),
        _text("work_item_id"),
        _text("agent_id"),
        _text("channel"),
        _text("customer_id"),
        _text("topic"),
        _time("started_at", required=True),
        _time("closed_at"),
        _text("close_reason"),
        span=("started_at", "closed_at", False),
    ),
    _table(
        "messages",
        "message_id",
        _text("message_id", required=True),
        _text("conversation_id", required=True),
        _text("sender_type", required=True, words=("customer", "ai", "human")),
        _text("sender_id"),
        _time("sent_at", required=True),
    ),
    _table(
        "api_calls",
        "api_call_id",
        _text("api_call_id", required=True),
        _text("agent_id", required=True),
        _text("work_item_id"),
        _text("conversation_id"),
        _text("provider", required=True),
        _text("model", required=True),
        _text("operation", words=("chat", "embedding", "rerank", "moderation", "evaluation", "other")),
        _text("service_tier", words=("standard", "batch", "flex", "priority")),
        _time("started_at", required=True),
        _time("ended_at"),
        _tokens("input_tokens"),
        _tokens("cache_read_tokens"),
        _tokens("cache_write_tokens"),
        _tokens("output_tokens"),
        _text("status", required=True, words=("success", "error")),
        _text("error_type"),
        _text("request_id"),
        Column("attempt_number", WHOLE_NUMBER, bounds=(1, None)),
        _text("retry_of_api_call_id"),
        Column("reported_cost_usd", NUMBER, at_least_zero=True),
        _text("provider_response_id"),
        _text("agent_version"),
        span=("started_at", "ended_at", False),
    ),
    _table(
        "handoffs",
        "handoff_id",
        _text("handoff_id", required=True),
        _text("work_item_id"),
        _text("conversation_id"),
        _text("initiated_by", required=True, words=("ai", "customer", "policy")),
        _text("reason"),
        _time("handed_off_at", required=True),
        _time("accepted_at"),
        needs_subject=True,
    ),
    _table(
        "human_reviews",
        "review_id",
        _text("review_id", required=True),
        _text("work_item_id"),
        _text("conversation_id"),
        _text("reviewer_id"),
        _text("reviewer_role"),
        _text("review_type", words=("escalation", "approval", "quality_check", "handling")),
        _time("started_at", required=True),
        _time("ended_at"),
        Column("active_minutes", NUMBER, at_least_zero=True),
        span=("started_at", "ended_at", False),
        needs_subject=True,
    ),
    _table(
        "infra_costs",
        "cost_id",
        _text("cost_id", required=True),
        _text(
            "cost_layer",
            required=True,
            words=("infrastructure", "observability", "vector_db", "platform", "llm_api"),
        ),
        _text("vendor"),
        _text("service"),
        _time("charge_start", required=True),
        _time("charge_end", required=True),
        Column("amount", NUMBER, required=True),
        _text("currency", required=True),
        _text("agent_id"),
        span=("charge_start", "charge_end", True),
    ),
    _table(
        "outcome_values",
        "value_id",
        _text("value_id", required=True),
        _text("work_item_id", required=True),
        _text("value_type", required=True, words=("revenue", "cost_avoidance")),
        Column("amount", NUMBER, required=True),
        _text("currency", required=True),
        _time("recognized_at", required=True),
    ),
    _table(
        "csat_responses",
        "survey_id",
        _text("survey_id", required=True),
        _text("work_item_id"),
        _text("conversation_id"),
        _text("leg", required=True, words=("ai", "human")),
        _time("prompted_at", required=True),
        _time("responded_at"),
        Column("rating", NUMBER, bounds=(1, 5)),
        needs_subject=True,
    ),
    _table(
        "sentiment_scores",
        "score_id",
        _text("score_id", required=True),
        _text("conversation_id", required=True),
        _text("message_id"),
        Column("negative_score", NUMBER, required=True, bounds=(0, 1)),
        _text("scorer"),
        _time("scored_at", required=True),
    ),
    _table(
        "kb_retrievals",
        "retrieval_id",
        _text("retrieval_id", required=True),
        _text("agent_id"),
        _text("work_item_id"),
        _text("conversation_id"),
        _time("retrieved_at", required=True),
        _text("top_document_id"),
        _text("expected_document_id"),
    ),
    _table(
        "reply_edits",
        "edit_id",
        _text("edit_id", required=True),
        _text("message_id"),
        _text("conversation_id"),
        _text("agent_id"),
        _text("editor_id"),
        _time("edited_at", required=True),
        _time("fed_back_at"),
        _text("kb_document_id"),
    ),
)

TABLES = {table.name: table for table in _TABLES}

ERROR_TYPES = (
    "timeout",
    "rate_limit",
    "server_error",
    "model_error",
    "validation_failure",
    "content_filter",
    "client_abort",
    "other",
)
CLOSE_REASONS = ("resolved", "abandoned", "timed_out", "handed_off")

# Which instant of a row decides its currency rate.
CURRENCY_INSTANT = {"infra_costs": "charge_start", "outcome_values": "recognized_at"}

# (table, column) -> parent table: what an orphaned reference may miss.
REFERENCES = {
    ("work_items", "agent_id"): "agents",
    ("conversations", "work_item_id"): "work_items",
    ("conversations", "agent_id"): "agents",
    ("messages", "conversation_id"): "conversations",
    ("api_calls", "agent_id"): "agents",
    ("api_calls", "work_item_id"): "work_items",
    ("api_calls", "conversation_id"): "conversations",
    ("api_calls", "retry_of_api_call_id"): "api_calls",
    ("handoffs", "work_item_id"): "work_items",
    ("handoffs", "conversation_id"): "conversations",
    ("human_reviews", "work_item_id"): "work_items",
    ("human_reviews", "conversation_id"): "conversations",
    ("infra_costs", "agent_id"): "agents",
    ("outcome_values", "work_item_id"): "work_items",
    ("csat_responses", "work_item_id"): "work_items",
    ("csat_responses", "conversation_id"): "conversations",
    ("sentiment_scores", "conversation_id"): "conversations",
    ("sentiment_scores", "message_id"): "messages",
    ("kb_retrievals", "agent_id"): "agents",
    ("kb_retrievals", "work_item_id"): "work_items",
    ("kb_retrievals", "conversation_id"): "conversations",
    ("reply_edits", "message_id"): "messages",
    ("reply_edits", "conversation_id"): "conversations",
    ("reply_edits", "agent_id"): "agents",
}
