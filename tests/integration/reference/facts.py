"""Agents, attribution, outcomes, conversations and calls, row by row."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace

from .contract import TABLES
from .periods import local_date
from .staging import seconds_between

COMPLETED_OUTCOMES = ("ai_confirmed", "ai_assumed", "ai_after_escalation", "human_after_escalation")
AI_RESOLVED = ("ai_confirmed", "ai_assumed")
AI_OUTCOMES = ("ai_confirmed", "ai_assumed", "ai_after_escalation")


@dataclass(frozen=True)
class Options:
    reporting_timezone: str = "UTC"
    week_start: int = 1
    data_as_of: datetime | None = None
    return_window_hours: int = 24
    impute_cost_avoidance: bool = True
    drift_threshold_pct: float = 10
    minimum_sample: int = 30
    onboarding_months: int = 3
    expected_cost_layers: tuple = (
        "api",
        "retries",
        "human_review",
        "infrastructure",
        "observability",
        "vector_db",
    )


class Facts:
    """Everything that later steps read; each attribute is a dict by key or a list of rows."""

    def __init__(self, staged, settings, options, data_as_of):
        self.staged, self.settings, self.options = staged, settings, options
        self.data_as_of = data_as_of
        self.missing_tables = {name for name, table in staged.items() if table.is_missing}
        for name in TABLES:
            setattr(self, "raw_" + name, staged[name].rows)
        self.items = {key: SimpleNamespace(**row) for key, row in self.raw_work_items.items()}
        self.conversations = {key: SimpleNamespace(**row) for key, row in self.raw_conversations.items()}
        self._fill_conversation_agents()
        self.handoffs = self._subject_rows("handoffs")
        self.reviews = self._subject_rows("human_reviews")
        self.calls = self._subject_rows("api_calls")
        self.values = self._subject_rows("outcome_values")
        self.surveys = self._subject_rows("csat_responses")
        self.sentiments = self._subject_rows("sentiment_scores")
        self.retrievals = self._subject_rows("kb_retrievals")
        self.edits = self._subject_rows("reply_edits")
        self.messages = self._subject_rows("messages")
        self.agents = self._agents()
        self._fill_items()
        self._fill_calls()
        self._fill_conversations()

    def day(self, instant):
        return None if instant is None else local_date(instant, self.options.reporting_timezone)

    # Attribution ------------------------------------------------------------------------------

    def attribution(self, row):
        """(item id or None, `direct` / `inferred` / `unattributed`)."""
        named = getattr(row, "work_item_id", None)
        if named in self.items:
            return named, "direct"
        conversation = self.conversations.get(getattr(row, "conversation_id", None))
        if conversation is not None and conversation.work_item_id in self.items:
            return conversation.work_item_id, "inferred"
        return None, "unattributed"

    def _subject_rows(self, name):
        """Rows of a table with the item they belong to and, where they name no agent, its agent."""
        rows = []
        for row in self.staged[name].rows.values():
            row = SimpleNamespace(**row)
            row.item_id, row.attribution = self.attribution(row)
            if getattr(row, "agent_id", None) is None:
                conversation = self.conversations.get(getattr(row, "conversation_id", None))
                if row.item_id is not None:
                    row.agent_id = self.items[row.item_id].agent_id
                else:
                    row.agent_id = conversation.agent_id if conversation else None
            rows.append(row)
        return rows

    def _fill_conversation_agents(self):
        for conversation in self.conversations.values():
            item = self.items.get(conversation.work_item_id)
            if conversation.agent_id is None and item is not None:
                conversation.agent_id = item.agent_id

    def item_of(self, row):
        return self.items.get(row.item_id)

    def is_human_only(self, item_id):
        return item_id is not None and self.items[item_id].outcome == "human_only"

    # Dimensions and facts ---------------------------------------------------------------------

    def _agents(self):
        agents = {
            key: SimpleNamespace(**row, is_known=True) for key, row in self.raw_agents.items()
        }
        for name, table in TABLES.items():
            if "agent_id" not in table.column_names():
                continue
            for row in self.staged[name].rows.values():
                if row["agent_id"] is not None and row["agent_id"] not in agents:
                    agents[row["agent_id"]] = SimpleNamespace(
                        agent_id=row["agent_id"],
                        agent_name=None,
                        team=None,
                        use_case=None,
                        deployed_at=None,
                        retired_at=None,
                        is_known=False,
                    )
        return agents

    def _fill_items(self):
        handoffs = defaultdict(list)
        for handoff in self.handoffs:
            handoffs[handoff.item_id].append(handoff)
        reviews = defaultdict(list)
        for review in self.reviews:
            reviews[review.item_id].append(review)
        values = defaultdict(list)
        for value in self.values:
            values[value.item_id].append(value)
        for key, item in self.items.items():
            first = min(handoffs[key], key=lambda h: (h.handed_off_at, h.handoff_id), default=None)
            item.first_handoff = first
            item.first_handoff_at = first.handed_off_at if first else None
            item.outcome = _outcome(item, first is not None)
            item.processed_at = min(filter(None, (item.first_handoff_at, item.closed_at)), default=None)
            item.is_processed = (
                item.outcome not in ("excluded", "human_only") and item.processed_at is not None
            )
            item.is_completed_outcome = item.outcome in COMPLETED_OUTCOMES
            item.is_first_touch_resolved = item.outcome in AI_RESOLVED
            item.is_escalated = item.is_processed and (
                first is not None or item.outcome == "human_after_escalation"
            )
            item.escalation_reason = None
            if item.is_escalated:
                item.escalation_reason = first.reason if first else "unrecorded"
            item.seconds_to_outcome = item.closed_at and seconds_between(item.received_at, item.closed_at)
            minutes = [
                review.minutes
                for review in reviews[key]
                if review.review_type != "quality_check" and review.minutes is not None
            ]
            item.review_minutes = sum(minutes) if minutes else None  # NULL if none known, also without rows
            item.reviews = reviews[key]
            item.values = values[key]
            item.recorded_value = sum((value.amount_usd for value in values[key]), 0)
            item.imputed_value = self._imputed_value(item)

    def _imputed_value(self, item):
        """Avoided cost of an AI resolution without a value row; None when the baseline is unknown."""
        if item.outcome not in AI_RESOLVED or item.values or not self.options.impute_cost_avoidance:
            return 0
        return self.settings.agent(item.agent_id, self.day(item.closed_at)).get("baseline_cost_per_outcome")

    def _fill_calls(self):
        by_request = defaultdict(list)
        retried_ids = set()
        for call in self.calls:
            if call.request_id is not None:
                by_request[call.request_id].append(call)
            if call.retry_of_api_call_id not in (None, call.api_call_id):
                retried_ids.add(call.retry_of_api_call_id)
        for call in self.calls:
            call.is_retry = call.attempt_number > 1 or call.retry_of_api_call_id is not None
            call.was_retried = call.api_call_id in retried_ids or any(
                other.attempt_number > call.attempt_number for other in by_request.get(call.request_id, ())
            )
            call.is_cache_hit = (call.cache_read_tokens or 0) > 0
            call.latency_seconds = call.ended_at and seconds_between(call.started_at, call.ended_at)
            self._price(call)

    def _price(self, call):
        price, is_fallback = self.settings.price(
            call.provider, call.model, call.service_tier, call.started_at
        )
        call.price = price
        call.is_price_tier_fallback = False
        if call.reported_cost_usd is not None:
            call.cost, call.cost_source = call.reported_cost_usd, "reported"
            return
        call.cost, call.cost_source = None, "unpriced"
        if price is None or call.total_tokens is None:
            return
        cost = 0
        for bucket in ("input", "cache_read", "cache_write", "output"):
            tokens = getattr(call, f"{bucket}_tokens")
            if not tokens:
                continue
            usd_per_million = price[f"{bucket}_usd_per_million"]
            if usd_per_million is None:
                return
            cost += tokens * usd_per_million / 10**6
        call.cost, call.cost_source, call.is_price_tier_fallback = cost, "priced", is_fallback

    def _fill_conversations(self):
        messages = defaultdict(list)
        for message in self.messages:
            messages[message.conversation_id].append(message)
        by_conversation, by_item_only = defaultdict(list), defaultdict(list)
        for handoff in self.handoffs:
            if handoff.conversation_id is not None:
                by_conversation[handoff.conversation_id].append(handoff)
            else:
                by_item_only[handoff.work_item_id].append(handoff)
        starts = defaultdict(list)
        for conversation in self.conversations.values():
            starts[conversation.customer_id, conversation.topic].append(conversation)
        for key, conversation in self.conversations.items():
            sent = {
                sender: sorted(m.sent_at for m in messages[key] if m.sender_type == sender)
                for sender in ("customer", "ai", "human")
            }
            conversation.ai_messages = len(sent["ai"])
            conversation.human_messages = len(sent["human"])
            conversation.customer_messages = len(sent["customer"])
            conversation.human_senders = {
                m.sender_id for m in messages[key] if m.sender_type == "human" and m.sender_id is not None
            }
            conversation.is_ai_touched = bool(sent["ai"])
            conversation.is_named_by_handoff = bool(by_conversation[key])
            conversation.is_handed_off = (
                conversation.is_named_by_handoff
                or (
                    conversation.work_item_id is not None
                    and any(
                        conversation.started_at <= handoff.handed_off_at
                        and (
                            conversation.closed_at is None or handoff.handed_off_at <= conversation.closed_at
                        )
                        for handoff in by_item_only[conversation.work_item_id]
                    )
                )
                or bool(sent["ai"] and sent["human"] and sent["human"][-1] > sent["ai"][0])
            )
            conversation.first_response_seconds = _first_response(sent)
            closed = conversation.closed_at
            conversation.handling_minutes = closed and seconds_between(conversation.started_at, closed) / 60
            conversation.is_identifiable = None not in (conversation.customer_id, conversation.topic)
            same = starts[conversation.customer_id, conversation.topic]
            conversation.return_starts = [
                other.started_at
                for other in same
                if conversation.is_identifiable
                and other is not conversation
                and closed is not None
                and other.started_at > closed
            ]
            window = self.options.return_window_hours
            conversation.is_returned = self.is_returned_within(conversation, window)
            conversation.is_mature = self.is_mature(conversation, window)
            conversation.not_deflected_reason = _not_deflected_reason(conversation)
            conversation.is_deflected = (
                conversation.is_identifiable
                and conversation.is_mature
                and conversation.not_deflected_reason is None
            )
            conversation.item = self.items.get(conversation.work_item_id)
            conversation.deflection_kind = (
                _deflection_kind(conversation) if conversation.is_deflected else None
            )

    def is_returned_within(self, conversation, hours):
        """Closed and identifiable, and the same customer starts again on the topic within the window."""
        if conversation.closed_at is None:
            return False
        limit = conversation.closed_at + timedelta(hours=hours)
        return any(start <= limit for start in conversation.return_starts)

    def is_mature(self, conversation, hours):
        if conversation.closed_at is None or self.data_as_of is None:
            return False
        return conversation.closed_at + timedelta(hours=hours) <= self.data_as_of


def known_sum(amounts):
    """0 over no rows, None when there are rows and none is known."""
    amounts = list(amounts)
    known = [amount for amount in amounts if amount is not None]
    if amounts and not known:
        return None
    return sum(known, 0)


def _outcome(item, has_handoff):
    if item.status == "excluded":
        return "excluded"
    if item.agent_id is None:
        return "human_only"
    if item.status == "open":
        return "escalated_open" if has_handoff else "in_flight"
    if item.status == "abandoned":
        return "abandoned_after_escalation" if has_handoff else "abandoned"
    if item.resolved_by == "human":
        return "human_after_escalation"
    if has_handoff:
        return "ai_after_escalation"
    return "ai_confirmed" if item.resolution_evidence == "confirmed" else "ai_assumed"


def _first_response(sent):
    if not sent["customer"]:
        return None
    asked_at = sent["customer"][0]
    answers = [at for at in sent["ai"] if at > asked_at]
    return seconds_between(asked_at, answers[0]) if answers else None


def _not_deflected_reason(conversation):
    if not conversation.is_ai_touched:
        return "not_ai_touched"
    if conversation.human_messages:
        return "human_message"
    if conversation.is_handed_off:
        return "handed_off"
    if conversation.is_returned:
        return "returned"
    return None


def _deflection_kind(conversation):
    outcome = conversation.item.outcome if conversation.item else None
    if conversation.close_reason == "abandoned" or outcome in ("abandoned", "abandoned_after_escalation"):
        return "abandoned"
    return "confirmed" if outcome == "ai_confirmed" else "assumed"
