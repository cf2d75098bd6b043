"""Dirty raw tables and the settings that go with them: small, seeded, and unpleasant on purpose.

`generate()` returns the thirteen raw tables as rows of text, the shape in which the reference reads
them. It holds every reject reason, versions and ties, offsets and fractions, orphans, rows that name
only a conversation, days on which clocks change, bills across months, price changes, chains of retries
and much more. The writers put the same rows on disk as Parquet, CSV or JSON lines; `write_settings()`
writes the settings CSVs beside them.

Every draw is seeded: the same seed gives the same rows.
Where the contract leaves an order open (which of two tied versions stands), the rows never depend on it.
"""

import csv
import gzip
import json
import random
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from reference.contract import NUMBER, TABLES, TEXT, TIMESTAMP, WHOLE_NUMBER
from reference.settings import Settings
from reference.staging import stage
from reference.values import PARSERS, cleaned

AGENTS = ("agent-a", "agent-b", "agent-c", "agent-d")
LOG_ONLY_AGENT = "agent-x"
LAST_EVENT = datetime(2025, 11, 5, 8, 0)
LAST_LOAD = datetime(2025, 11, 6, 12, 0, 0, 500000)
TOPICS = ("refund", "delivery", "login", "invoice, copy", 'the "blue" one')
CHANNELS = ("chat", "email", "voice")
ITEM_TYPES = ("ticket", "claim", "loan file")

# Spans that events fall into, with weights: around both changes of New York's clocks, around New Year,
# and between.
_CLUSTERS = (
    (datetime(2025, 3, 7), datetime(2025, 3, 12), 40),
    (datetime(2025, 10, 31), datetime(2025, 11, 4), 30),
    (datetime(2024, 12, 30), datetime(2025, 1, 3), 10),
    (datetime(2025, 2, 10), datetime(2025, 4, 10), 20),
)
# Midnights of UTC, New York (both offsets) and Tokyo, the spring gap and the autumn overlap.
_EDGES = (
    datetime(2025, 3, 9, 5),
    datetime(2025, 3, 9, 7),
    datetime(2025, 3, 10, 4),
    datetime(2025, 11, 2, 4),
    datetime(2025, 11, 2, 6),
    datetime(2025, 11, 3, 5),
    datetime(2025, 3, 9, 15),
    datetime(2025, 3, 31, 15),
    datetime(2025, 4, 1, 4),
    datetime(2025, 4, 1),
    datetime(2025, 1, 1),
    datetime(2025, 1, 1, 5),
    datetime(2024, 12, 31, 15),
    datetime(2025, 3, 10),
)
# layer, vendor, service, start, end, amount, currency, agent
_BILLS = (
    ("infrastructure", "AWS", "compute", "2025-03-01 00:00:00", "2025-04-01 00:00:00", "310.00", "USD", None),
    (
        "infrastructure", "GCP", "run", "2025-10-30T00:00:00Z", "2025-11-06T00:00:00Z",
        "123.456789", "EUR", None,
    ),
    ("infrastructure", "AWS", "credit", "2025-03-05 00:00:00", "2025-03-12 00:00:00", "-40.5", "usd ", None),
    (
        "infrastructure", "AWS", "disk", "2025-03-07T00:00:00Z", "2025-03-11T00:00:00Z",
        "55.5", "USD", "agent-d",
    ),
    ("infrastructure", None, None, "2025-03-08T00:00:00Z", "2025-03-09T12:00:00Z", "8.25", "USD", "agent-e"),
    ("infrastructure", "AWS", "tick", "2025-03-09T06:59:59.999999Z", "2025-03-09T07:00:00Z", "1", "USD", ""),
    ("infrastructure", "AWS", "nothing", "2025-03-01 00:00:00", "2025-03-15 00:00:00", "0", "USD", None),
    ("infrastructure", "AWS", "Bedrock", "2025-03-01 00:00:00", "2025-04-01 00:00:00", "99.9", "USD", None),
    ("observability", "Eyes", None, "2025-02-15T12:30:00Z", "2025-03-15T06:45:00Z", "77.77", "USD", None),
    (
        "observability", "Eyes", None, "2025-11-01T22:00:00-04:00", "2025-11-02T23:00:00-05:00",
        "26", "eur", None,
    ),
    (
        "vector_db", "Pin", None, "2025-03-09T00:00:00-05:00", "2025-03-10T00:00:00-04:00",
        "23.00", "USD", None,
    ),
    (
        "vector_db", "Pin", None, "2025-11-02T00:00:00-04:00", "2025-11-03T00:00:00-05:00",
        "25.00", "USD", None,
    ),
    ("vector_db", "Pin", None, "2025-10-01T00:00:00Z", "2025-12-01T00:00:00Z", "61", "USD", None),
    (" Platform", "Desk", "seats", "2025-01-01 00:00:00", "2025-04-01 00:00:00", "900", "USD", None),
    ("platform", "Desk", "seats", "2025-03-01 00:00:00", "2025-03-31 00:00:00", "120", "USD", "agent-b"),
    ("platform", "Desk", "seats", "2025-03-08 00:00:00", "2025-03-12 00:00:00", "12000", " jpy ", "agent-a"),
    ("platform", "Desk", "refund", "2025-11-01 00:00:00", "2025-11-05 00:00:00", "-3.000000001", "USD", None),
    ("llm_api", " OpenAI ", "invoice", "2025-03-01 00:00:00", "2025-04-01 00:00:00", "4.2", "USD", None),
    ("llm_api", "openai", "cost_report", "2025-03-01 00:00:00", "2025-04-01 00:00:00", "4.1", "USD", None),
    ("llm_api", "anthropic", "Cost_Report", "2025-03-01 00:00:00", "2025-03-16 00:00:00", "2", "USD", None),
    ("llm_api", "mistral", "invoice", "2025-10-15 00:00:00", "2025-11-15 00:00:00", "7", "EUR", None),
)
_BAD_TIMESTAMPS = (
    "2025-02-30T10:00:00Z",
    "2025-03-09",
    "2025-03-09T24:00:00Z",
    "2025-03-09 10:00:60",
    "yesterday",
    "1741500000",
    "2025/03/09 10:00:00",
    "2025-3-9 10:00:00",
    "09.03.2025 10:00:00",
    "2025-03-09T10:00:00 UTC",
    "2025-03-09T10:00:00+15:00",
    "2025-03-09T10:00:00+02:60",
    "2023-02-29T00:00:00",
    "0000-01-01T00:00:00Z",
    "infinity",
    "now",
)
_BAD_WHOLE_NUMBERS = ("twelve", "12.5", "NaN", "inf", "0x1A", "1_000", "1,000", "99999999999999999999999")
_BAD_NUMBERS = ("twelve", "NaN", "Infinity", "-inf", "0x1A", "1_000", "1,000.50", "$5", "1e40", "1.2.3")
_BLANKS = ("", " ", "   ")


class _Generator:
    def __init__(self, seed, items):
        self.random = random.Random(seed)
        self.raw = {name: [] for name in TABLES}
        self.item_count = items
        self.items, self.conversations, self.calls = [], [], []
        self.numbers = Counter()

    # Small pieces -----------------------------------------------------------------------------

    def chance(self, share):
        return self.random.random() < share

    def pick(self, *choices):
        return self.random.choice(choices)

    def moment(self):
        if self.chance(0.12):
            edge = self.random.choice(_EDGES)
            return edge + timedelta(microseconds=self.pick(-1, 0, 0, 1))
        start, end, _ = self.random.choices(_CLUSTERS, [weight for _, _, weight in _CLUSTERS])[0]
        seconds = self.random.randrange(int((end - start).total_seconds()))
        return start + timedelta(seconds=seconds, microseconds=self.random.randrange(10**6))

    def later(self, moment, low_seconds, high_seconds):
        low, high = int(low_seconds * 10**6), int(high_seconds * 10**6)
        return min(LAST_EVENT, moment + timedelta(microseconds=self.random.randint(low, high)))

    def stamp(self, moment):
        """The moment in one of the ways of writing ISO 8601."""
        if moment is None:
            return self.random.choice((None, None, ""))
        form = self.random.randrange(8)
        if form == 0:
            return moment.isoformat(timespec="microseconds") + "Z"
        if form == 1:
            return moment.isoformat(sep=" ")
        if form == 2:  # beyond microseconds: cut, never rounded
            return moment.isoformat(timespec="microseconds") + self.pick("999", "5", "0001") + "Z"
        if form == 3 and moment.microsecond % 1000 == 0:
            return moment.isoformat(timespec="milliseconds")
        hours, minutes = self.pick((2, 0), (-5, 0), (5, 30), (-3, 30), (14, 0), (0, 0), (9, 0))
        offset = timedelta(minutes=hours * 60 + (minutes if hours >= 0 else -minutes))
        local = (moment + offset).isoformat(sep=self.pick("T", " "))
        sign = "-" if hours < 0 or (hours == 0 and self.chance(0.2)) else "+"
        zone = f"{sign}{abs(hours):02d}:{minutes:02d}"
        if form == 4:
            zone = zone.replace(":", "")
        elif form == 5 and minutes == 0:
            zone = zone[:3]
        return local + zone if form != 6 else f" {local}{zone} "

    def word(self, text):
        """A word of a closed list as exports write it."""
        return text if text is None or self.chance(0.8) else self.pick(text.upper(), f" {text.title()} ")

    def key(self, table, prefix):
        self.numbers[table] += 1
        return f"{prefix}{self.numbers[table]:05d}"

    def loaded(self, *moments):
        latest = max(moment for moment in moments if moment is not None)
        return min(LAST_LOAD - timedelta(hours=1), latest + timedelta(minutes=self.random.randint(5, 600)))

    def add(self, table, loaded_at, **columns):
        """A row, sometimes with older versions, or the same row twice."""
        row = {name: columns.get(name) for name in TABLES[table].column_names()}
        row["loaded_at"] = self.stamp(loaded_at)
        row["source_system"] = self.pick(None, None, "crm", " ")
        self.raw[table].append(row)
        if self.chance(0.04):
            self.raw[table].append(dict(row))
        return row

    def add_older(self, table, row, loaded_at, **changes):
        """An older version of a row, which must not stand."""
        earlier = loaded_at - timedelta(microseconds=self.pick(1, 10**6, 10**9))
        self.raw[table].append({**row, **changes, "loaded_at": self.stamp(earlier)})

    # Tables -----------------------------------------------------------------------------------

    def agents(self):
        loaded = datetime(2025, 1, 5)
        rows = (
            ("agent-a", "Ada", "front office", "support", datetime(2024, 12, 30, 23, 30), None),
            ("agent-b", "Béla", "claims", "claims", datetime(2025, 3, 1, 3), None),
            ("agent-c", "Chloé, the third", "front office", "support", None, None),
            ("agent-d", "  ", None, "loans", datetime(2025, 2, 20), datetime(2025, 11, 1)),
        )
        for agent_id, name, team, use_case, deployed, retired in rows:
            row = self.add(
                "agents",
                loaded,
                agent_id=agent_id,
                agent_name=name,
                team=team,
                use_case=use_case,
                deployed_at=self.stamp(deployed),
                retired_at=self.stamp(retired),
            )
            self.add_older("agents", row, loaded, agent_name="old name", team="old team")

    def work_items(self):
        for number in range(self.item_count):
            agent = self.random.choices((*AGENTS, LOG_ONLY_AGENT, None), (30, 25, 12, 6, 5, 14))[0]
            received = self.moment()
            status = self.random.choices(
                ("open", "completed", "abandoned", "excluded"), (12, 62, 18, 8)
            )[0]
            closed = self.later(received, 0, self.pick(30, 200, 5000, 90000, 900000))
            if self.chance(0.02):
                closed = received
            if status == "excluded" and self.chance(0.4):
                closed = None
            resolved_by = self.pick("ai", "ai", "ai", "human") if agent else "human"
            if status != "completed":
                resolved_by = self.pick(None, None, "ai", "human")
            stated_close = closed
            if status == "open":  # ignored, even where it makes no sense
                stated_close = self.pick(None, None, closed, received - timedelta(hours=3))
            item = {
                "id": f"item-{number:04d}",
                "agent": agent,
                "received": received,
                "closed": None if status == "open" else closed,
                "status": status,
                "customer": self.pick(None, *(f"customer-{n}" for n in range(12))),
                "topic": self.pick(None, *TOPICS),
                "channel": self.pick(None, *CHANNELS),
            }
            self.items.append(item)
            loaded = self.loaded(received, item["closed"])
            row = self.add(
                "work_items",
                loaded,
                work_item_id=item["id"],
                agent_id=agent if agent else self.random.choice((None, *_BLANKS)),
                work_item_type=self.pick(None, *ITEM_TYPES),
                channel=item["channel"],
                customer_id=item["customer"],
                topic=item["topic"],
                received_at=self.stamp(received),
                closed_at=self.stamp(stated_close),
                status=self.word(status),
                resolved_by=self.word(resolved_by),
                resolution_evidence=self.word(self.pick("confirmed", "confirmed", "assumed", None)),
                agent_version=self.pick(None, "v1", "v2"),
            )
            if self.chance(0.15):
                self.add_older("work_items", row, loaded, status="open", closed_at=None, agent_id="agent-d")

    def add_conversation(self, conversation_id, item_id, agent, started, closed, customer, topic, reason):
        conversation = {"id": conversation_id, "item": item_id, "started": started, "closed": closed}
        self.conversations.append(conversation)
        loaded = self.loaded(started, closed)
        row = self.add(
            "conversations",
            loaded,
            conversation_id=conversation_id,
            work_item_id=item_id,
            agent_id=agent,
            channel=self.pick(None, *CHANNELS),
            customer_id=customer,
            topic=topic,
            started_at=self.stamp(started),
            closed_at=self.stamp(closed),
            close_reason=reason,
        )
        if self.chance(0.1):
            self.add_older(
                "conversations", row, loaded, closed_at=None, close_reason=None, customer_id="nobody"
            )
        return conversation

    def close_reason(self):
        words = ("resolved", "resolved", "abandoned", "timed_out", "handed_off")
        return self.pick(None, "merged by night job", *(self.word(word) for word in words))

    def conversations_of_items(self):
        number = 1000
        for item in self.items:
            for _ in range(self.random.choices((0, 1, 2, 3), (25, 55, 15, 5))[0]):
                number += 1
                started = self.later(item["received"], 0, 4000)
                closed = self.later(started, 0, self.pick(60, 3000, 100000))
                agents = (None, item["agent"], "agent-b", LOG_ONLY_AGENT)
                (agent,) = self.random.choices(agents, (50, 40, 6, 4))
                self.add_conversation(
                    str(number),
                    item["id"],
                    agent,
                    started,
                    None if self.chance(0.08) else closed,
                    item["customer"] if self.chance(0.9) else None,
                    item["topic"],
                    self.close_reason(),
                )
        for _ in range(self.item_count // 5):  # without an item, or with one that has not arrived
            number += 1
            started = self.moment()
            self.add_conversation(
                str(number),
                self.pick(None, None, "item-9999", " "),
                self.pick(None, *AGENTS),
                started,
                None if self.chance(0.1) else self.later(started, 0, 50000),
                self.pick(None, *(f"customer-{n}" for n in range(12))),
                self.pick(None, *TOPICS),
                self.close_reason(),
            )
        self._returns(number)

    def _returns(self, number):
        """Second conversations at the very edges of the window: (gap after the close, customer, topic)."""
        day, tick = timedelta(hours=24), timedelta(microseconds=1)
        gaps = (timedelta(0), tick, day - tick)
        gaps += (day, day + tick, day * 3, day * 3 + tick, day * 7, day * 7 + tick)
        for place, gap in enumerate(gaps):
            for same_customer, same_topic in ((True, True), (False, True), (True, False)):
                closed = datetime(2025, 3, 3, 20) + timedelta(hours=place, minutes=7)
                customer = f"returner-{place}-{same_customer}-{same_topic}"
                first = (closed - timedelta(minutes=20), closed)
                second = (closed + gap, closed + gap + timedelta(hours=1))
                for turn, (starts, ends) in enumerate((first, second)):
                    number += 1
                    self.add_conversation(
                        str(number),
                        None,
                        "agent-c",
                        starts,
                        ends,
                        customer if same_customer or turn == 0 else "somebody else",
                        "return" if same_topic or turn == 0 else "another topic",
                        "resolved",
                    )

    def messages(self):
        for conversation in self.conversations:
            script = self.pick("ca", "ca", "aca", "caca", "cacah", "ch", "c", "", "hca", "acha", "cac")
            sent = conversation["started"]
            for letter in script:
                if self.chance(0.93):  # else at the same instant as the one before
                    sent = self.later(sent, 0.5, self.pick(3, 20, 400))
                sender = {"c": "customer", "a": "ai", "h": "human"}[letter]
                self.add(
                    "messages",
                    self.loaded(sent),
                    message_id=self.key("messages", "m"),
                    conversation_id=conversation["id"],
                    sender_type=self.word(sender),
                    sender_id=self.pick(None, "ann", "bob", "cy") if letter == "h" else None,
                    sent_at=self.stamp(sent),
                )
        for place in range(4):
            sent = self.moment()
            self.add(
                "messages",
                self.loaded(sent),
                message_id=self.key("messages", "m"),
                conversation_id=f"77{place}",
                sender_type="human",
                sender_id="dan",
                sent_at=self.stamp(sent),
            )

    def subject(self, item=None):
        """(work_item_id, conversation_id): both, one, an orphan, or an orphan with a known conversation."""
        conversation = self.random.choice(self.conversations)
        if item is not None:
            own = [c for c in self.conversations if c["item"] == item["id"]]
            if own and self.chance(0.5):
                first, last = own[0]["id"], own[-1]["id"]
                return self.pick((None, first), (item["id"], last), ("item-8888", first))
            return item["id"], self.pick(None, None, "", conversation["id"])
        return self.pick(
            (None, conversation["id"]),
            ("item-8888", conversation["id"]),
            ("item-8888", None),
            (None, "no such conversation"),
            ("", conversation["id"]),
        )

    def api_calls(self):
        for item in self.items:
            for _ in range(self.random.choices((0, 1, 3, 6), (15, 30, 40, 15))[0]):
                agent = item["agent"] or self.pick(*AGENTS)
                if self.chance(0.05):
                    agent = self.pick(*AGENTS, LOG_ONLY_AGENT)
                self.request(self.later(item["received"], 0, 50000), agent, *self.subject(item))
        for _ in range(self.item_count // 4):
            self.request(self.moment(), self.pick(*AGENTS), *self.pick((None, None), self.subject()))
        self._odd_retries()

    def request(self, started, agent, work_item_id, conversation_id):
        """One logical request: an attempt, with or without retries, joined in one of the ways of logs."""
        attempts = self.random.choices((1, 2, 3, 5), (80, 12, 6, 2))[0]
        joined_by = self.pick("request", "retry_of", "both")
        request_id = self.key("requests", "request-") if joined_by != "retry_of" else None
        if attempts == 1 and self.chance(0.5):
            request_id = self.pick(None, "", request_id)
        before = None
        for attempt in range(1, attempts + 1):
            is_last = attempt == attempts
            before = self.call(
                started,
                agent if attempt == 1 or self.chance(0.8) else self.pick(*AGENTS),
                work_item_id,
                conversation_id,
                status=(
                    "success"
                    if is_last and self.chance(0.93)
                    else self.pick("error", "error", "error", "success")
                ),
                request_id=request_id,
                attempt_number=self.attempt_number(attempt, joined_by),
                retry_of_api_call_id=before if joined_by != "request" else None,
            )
            started = self.later(started, 1, 40)

    def attempt_number(self, attempt, joined_by):
        if attempt == 1 or (joined_by == "retry_of" and self.chance(0.6)):
            return self.pick(None, "1", "1.0", " ")
        return self.pick(str(attempt), f"{attempt}.0", f" {attempt} ")

    def tokens(self, high):
        counts = (str(self.random.randrange(high)) for _ in range(8))
        return self.random.choice((None, "0", *counts, "+17", "120."))

    def call(self, started, agent, work_item_id, conversation_id, **columns):
        call_id = self.key("api_calls", "call-")
        self.calls.append(call_id)
        provider, model = self.random.choices(
            (
                ("openai", "gpt-4o"),
                ("openai", "gpt-4o-mini"),
                ("anthropic", "claude-sonnet-4-5"),
                ("OpenAI", "gpt-4o"),
                ("acme", "no price"),
                ("acme", "short lived"),
                ("acme", "no cache price"),
            ),
            (35, 20, 25, 3, 4, 7, 6),
        )[0]
        reports_nothing = self.chance(0.06)
        tokens = {
            "input_tokens": self.tokens(6000),
            "cache_read_tokens": self.tokens(4000) if self.chance(0.75) else None,
            "cache_write_tokens": self.tokens(900) if self.chance(0.4) else None,
            "output_tokens": self.tokens(1200),
        }
        if reports_nothing:
            tokens = dict.fromkeys(tokens, None)
        loaded = self.loaded(started)
        is_error = columns["status"] == "error"
        columns["status"] = self.word(columns["status"])
        row = self.add(
            "api_calls",
            loaded,
            api_call_id=call_id,
            agent_id=agent,
            work_item_id=work_item_id,
            conversation_id=conversation_id,
            provider=provider,
            model=model,
            operation=self.word(self.pick(None, "chat", "chat", "chat", "embedding", "rerank", "evaluation")),
            service_tier=self.word(self.pick(None, None, "standard", "batch", "flex", "priority")),
            started_at=self.stamp(started),
            ended_at=self.stamp(self.pick(None, started, self.later(started, 0.1, 30))),
            error_type=(
                self.pick(None, "timeout", " Rate_Limit", "ECONNRESET")
                if is_error or self.chance(0.1)
                else None
            ),
            reported_cost_usd=self.random.choice((None,) * 7 + ("0", "0.0", "0.00123456", "1.5e-3", ".25")),
            provider_response_id=self.pick(None, f"response-{call_id}"),
            agent_version=self.pick(None, "v1", "v2"),
            **tokens,
            **columns,
        )
        if self.chance(0.06):
            self.add_older(
                "api_calls", row, loaded, status="error", input_tokens="999999", agent_id="agent-d"
            )
        if self.chance(0.05):  # a tie: the one with the most tokens stands, an unreported bucket counts 0
            fewer = {name: None for name in tokens}
            twin = {**row, **fewer, "reported_cost_usd": "777"}
            total = sum(float(text) for text in tokens.values() if text is not None)
            if total > 0:
                self.raw["api_calls"].insert(self.random.randrange(len(self.raw["api_calls"])), twin)
        return call_id

    def _odd_retries(self):
        """A call that names itself, two that name each other, one whose original is missing, a long chain."""
        start = datetime(2025, 3, 8, 12)
        numbers = iter(range(100))

        def call(retry_of, status="error", request_id=None, attempt_number=None, agent="agent-a"):
            return self.call(
                start + timedelta(minutes=next(numbers)),
                agent,
                None,
                None,
                status=status,
                request_id=request_id,
                attempt_number=attempt_number,
                retry_of_api_call_id=retry_of,
            )

        next_number = self.numbers["api_calls"] + 1
        call(f"call-{next_number:05d}")
        call(f"call-{next_number + 2:05d}")
        call(f"call-{next_number + 1:05d}")
        call("a call that never arrived")
        link = None
        for place in range(9):
            link = call(link, agent=AGENTS[place % 4])
        bridge = call(link, request_id="bridge", attempt_number="1")
        call(None, request_id="bridge", attempt_number="3", agent="agent-b")
        call(bridge, request_id="another", attempt_number="2", status="success")
        call(None, request_id="same attempt", attempt_number="2")
        call(None, request_id="same attempt", attempt_number="2")

    def handoffs(self):
        reasons = (None, " ", "Accuracy", " user ASKED ", "policy_exception", "edge_case", "moon phase")
        for item in self.items:
            if not self.chance(0.3):
                continue
            for _ in range(self.pick(1, 1, 1, 2)):
                when = self.later(item["received"], -100, self.pick(60, 6000, 200000))
                self.handoff(when, *self.subject(item), reason=self.random.choice(reasons))
        for _ in range(25):
            self.handoff(self.moment(), *self.subject(), reason=self.random.choice(reasons))
        for conversation in self.conversations[::6]:  # naming only the item: inside, at the edges, outside
            if conversation["item"] and conversation["item"].strip():
                edges = [conversation["started"], conversation["closed"] or conversation["started"]]
                tick = timedelta(microseconds=self.pick(-1, 0, 1))
                self.handoff(self.random.choice(edges) + tick, conversation["item"], None, reason=None)

    def handoff(self, when, work_item_id, conversation_id, reason):
        loaded = self.loaded(when)
        row = self.add(
            "handoffs",
            loaded,
            handoff_id=self.key("handoffs", "h"),
            work_item_id=work_item_id,
            conversation_id=conversation_id,
            initiated_by=self.word(self.pick("ai", "customer", "policy")),
            reason=reason,
            handed_off_at=self.stamp(when),
            accepted_at=self.stamp(self.pick(None, self.later(when, 0, 300), when - timedelta(hours=1))),
        )
        if self.chance(0.08):
            self.add_older("handoffs", row, loaded, reason="accuracy")

    def human_reviews(self):
        for item in self.items:
            if not self.chance(0.35):
                continue
            for _ in range(self.pick(1, 1, 2)):
                self.review(self.later(item["received"], 0, 300000), *self.subject(item))
        for _ in range(30):
            self.review(self.moment(), *self.subject())

    def review(self, started, work_item_id, conversation_id):
        ended = self.pick(None, started, self.later(started, 10, 3000))
        loaded = self.loaded(started, ended)
        row = self.add(
            "human_reviews",
            loaded,
            review_id=self.key("human_reviews", "review-"),
            work_item_id=work_item_id,
            conversation_id=conversation_id,
            reviewer_id=self.pick(None, "ann", "bob", "eve"),
            reviewer_role=self.pick(None, "tier 1", "tier 1", "specialist", "Tier 1", "unheard of"),
            review_type=self.word(self.pick(None, "escalation", "approval", "quality_check", "handling")),
            started_at=self.stamp(started),
            ended_at=self.stamp(ended),
            active_minutes=self.pick(None, None, "0", "2.5", "12", "7.333333", " 4 "),
        )
        if self.chance(0.08):
            self.add_older("human_reviews", row, loaded, active_minutes="5000")

    def infra_costs(self):
        loaded = datetime(2025, 11, 5, 9)
        for layer, vendor, service, start, end, amount, currency, agent in _BILLS:
            row = self.add(
                "infra_costs",
                loaded,
                cost_id=self.key("infra_costs", "bill-"),
                cost_layer=layer,
                vendor=vendor,
                service=service,
                charge_start=start,
                charge_end=end,
                amount=amount,
                currency=currency,
                agent_id=agent,
            )
            if self.chance(0.3):
                self.add_older("infra_costs", row, loaded, amount="5555", cost_layer="observability")

    def outcome_values(self):
        for item in self.items:
            if not self.chance(0.2):
                continue
            for _ in range(self.pick(1, 1, 2)):
                self.value(self.later(item["received"], 0, 2000000), item["id"])
        for _ in range(5):
            self.value(self.moment(), "item-8888")

    def value(self, when, work_item_id):
        currency = self.pick("USD", "usd", "EUR", " eur", "GBP") if when > datetime(2025, 1, 10) else "USD"
        self.add(
            "outcome_values",
            self.loaded(when),
            value_id=self.key("outcome_values", "value-"),
            work_item_id=work_item_id,
            value_type=self.word(self.pick("revenue", "cost_avoidance")),
            amount=self.pick("12.5", "0", "-3", "1e1", "99.999999", "7"),
            currency=currency,
            recognized_at=self.stamp(when),
        )

    def csat_responses(self):
        for item in self.items:
            if self.chance(0.45):
                self.survey(self.later(item["closed"] or item["received"], 1, 3000), *self.subject(item))
        for conversation in self.conversations[::3]:
            prompted = conversation["closed"] or conversation["started"]
            self.survey(prompted, self.pick(None, "item-8888"), conversation["id"])
        for _ in range(6):
            self.survey(self.moment(), *self.subject())

    def survey(self, prompted, work_item_id, conversation_id):
        responded = self.pick(None, prompted, self.later(prompted, 5, 90000), self.later(prompted, 5, 900))
        loaded = self.loaded(prompted, responded)
        row = self.add(
            "csat_responses",
            loaded,
            survey_id=self.key("csat_responses", "survey-"),
            work_item_id=work_item_id,
            conversation_id=conversation_id,
            leg=self.word(self.pick("ai", "ai", "human")),
            prompted_at=self.stamp(prompted),
            responded_at=self.stamp(responded),
            rating=self.pick(None, "1", "2", "3.5", "3.999", "4", "4.0", "5", "5", " 5 "),
        )
        if self.chance(0.08):
            self.add_older("csat_responses", row, loaded, rating="1")

    def sentiment_scores(self):
        for conversation in self.conversations[::2]:
            scored = self.later(conversation["started"], 0, 5000)
            loaded = self.loaded(scored)
            row = self.add(
                "sentiment_scores",
                loaded,
                score_id=self.key("sentiment_scores", "score-"),
                conversation_id=self.pick(*[conversation["id"]] * 3, "nowhere"),
                message_id=self.pick(None, "m00001", "no such message"),
                negative_score=self.pick("0", "1", "0.25", "1e-2", ".75", "0.3333333333"),
                scorer="judge 1",
                scored_at=self.stamp(scored),
            )
            if self.chance(0.1):  # a tie in a column that no number depends on
                self.raw["sentiment_scores"].append({**row, "scorer": "judge 2"})

    def kb_retrievals(self):
        for item in self.items:
            for _ in range(self.random.choices((0, 1, 3), (50, 30, 20))[0]):
                self.retrieval(self.later(item["received"], 0, 2000), *self.subject(item))
        for _ in range(20):
            self.retrieval(self.moment(), *self.pick((None, None), self.subject()))

    def retrieval(self, when, work_item_id, conversation_id):
        self.add(
            "kb_retrievals",
            self.loaded(when),
            retrieval_id=self.key("kb_retrievals", "look-up-"),
            agent_id=self.pick(None, None, *AGENTS),
            work_item_id=work_item_id,
            conversation_id=conversation_id,
            retrieved_at=self.stamp(when),
            top_document_id=self.pick(None, "doc-1", "doc-2", "Doc-1"),
            expected_document_id=self.pick(None, " ", "doc-1", "doc-2"),
        )

    def reply_edits(self):
        for conversation in self.conversations[::4]:
            edited = self.later(conversation["started"], 10, 9000)
            self.add(
                "reply_edits",
                self.loaded(edited),
                edit_id=self.key("reply_edits", "edit-"),
                message_id=self.pick(None, "m00002"),
                conversation_id=self.pick(*[conversation["id"]] * 3, "nowhere"),
                agent_id=self.pick(None, None, *AGENTS),
                editor_id=self.pick(None, "ann", "bob"),
                edited_at=self.stamp(edited),
                fed_back_at=self.stamp(self.pick(None, self.later(edited, 0, 900000))),
                kb_document_id=self.pick(None, "doc-1"),
            )

    # Defects ----------------------------------------------------------------------------------

    def defects(self):
        """For every column of every table, copies of sound rows with each rule of the column broken."""
        for name, table in TABLES.items():
            sound = [row for row in self.raw[name] if cleaned(row[table.key])]
            broken = []
            for column in table.columns:
                for text in self._bad_texts(column):
                    row = dict(self.random.choice(sound))
                    if column.name != table.key:
                        row[table.key] = f"broken-{name}-{len(broken)}"
                    row[column.name] = text
                    broken.append(row)
            several = dict(self.random.choice(sound))  # more than one rule at once
            several.update({table.key: " ", "loaded_at": "never", "source_system": "crm"})
            self.raw[name] += [*broken, several, dict.fromkeys(table.column_names())]
        self._rules_of_tables()
        self._invalid_newest_versions()

    def _bad_texts(self, column):
        texts = [self.random.choice((None, *_BLANKS))] if column.required else []
        if column.words:
            texts += ["not a word of the list"]
        elif column.kind == TIMESTAMP:
            texts += self.random.sample(_BAD_TIMESTAMPS, 4 if column.name == "loaded_at" else 2)
        elif column.kind == WHOLE_NUMBER:
            texts += self.random.sample(_BAD_WHOLE_NUMBERS, 4)
        elif column.kind == NUMBER:
            texts += self.random.sample(_BAD_NUMBERS, 5)
        if column.at_least_zero:
            texts += ["-1"]
        if column.bounds:
            low, high = column.bounds
            texts += [str(low - 1), "-7"]
            texts += [str(high + 1)] if high is not None else []
        return texts

    def broken(self, name, place, **changes):
        table = TABLES[name]
        row = dict(next(row for row in self.raw[name] if (row[table.key] or "").strip()))
        row.update(changes)
        row[table.key] = f"rule-{name}-{place}"
        self.raw[name].append(row)

    def _rules_of_tables(self):
        nine, ten = "2025-03-09T09:00:00Z", "2025-03-09T10:00:00Z"
        closed = {"received_at": nine, "closed_at": ten, "status": "completed", "resolved_by": "ai"}
        self.broken("work_items", 1, **{**closed, "closed_at": None})
        self.broken("work_items", 2, **{**closed, "closed_at": " ", "resolved_by": ""})
        self.broken("work_items", 3, **{**closed, "resolved_by": None})
        self.broken("work_items", 4, **{**closed, "status": "abandoned", "closed_at": None})
        self.broken("work_items", 5, **{**closed, "closed_at": "late", "resolved_by": "robot"})
        self.broken("work_items", 6, **{**closed, "received_at": ten, "closed_at": nine})
        excluded = {**closed, "status": "excluded"}
        self.broken("work_items", 7, **{**excluded, "received_at": ten, "closed_at": nine})
        self.broken("conversations", 1, started_at=ten, closed_at=nine)
        self.broken("api_calls", 1, started_at=ten, ended_at=nine)
        self.broken("api_calls", 2, started_at=ten, ended_at=nine, input_tokens="-5", status="maybe")
        self.broken("human_reviews", 1, started_at=ten, ended_at=nine)
        self.broken("infra_costs", 1, charge_start=ten, charge_end=nine)
        self.broken("infra_costs", 2, charge_start=ten, charge_end=ten)
        self.broken("infra_costs", 3, currency="XXX")
        self.broken("infra_costs", 4, currency=" gbp", charge_start="2025-01-05T00:00:00Z")
        self.broken("outcome_values", 1, currency="XXX", amount="NaN")
        self.broken("outcome_values", 2, currency="JPY", recognized_at="2025-02-28T23:59:59.999999Z")
        for name in ("handoffs", "human_reviews", "csat_responses"):
            self.broken(name, 9, work_item_id=None, conversation_id="  ")

    def _invalid_newest_versions(self):
        """The newest version of a sound row breaks a rule: the older stands. One is the last row loaded."""
        for name, table in TABLES.items():
            row = next(row for row in self.raw[name] if (row[table.key] or "").strip() and row["loaded_at"])
            kept = (table.key, "loaded_at")
            required = [c.name for c in table.columns if c.required and c.name not in kept]
            column = required[0] if required else "deployed_at"
            bad = None if required else "some day"
            newest = {**row, column: bad, "loaded_at": LAST_LOAD.isoformat()}
            self.raw[name].append(newest)


def generate(seed=20250309, items=240):
    """{table: rows}, each row {column: text or None} with the contract's columns and one that it lacks."""
    made = _Generator(seed, items)
    made.agents()
    made.work_items()
    made.conversations_of_items()
    for fill in (
        made.messages,
        made.api_calls,
        made.handoffs,
        made.human_reviews,
        made.infra_costs,
        made.outcome_values,
        made.csat_responses,
        made.sentiment_scores,
        made.kb_retrievals,
        made.reply_edits,
        made.defects,
    ):
        fill()
    for name, rows in made.raw.items():
        made.random.shuffle(rows)
        for row in rows:
            row["a column the contract lacks"] = "ignored"
    for row in made.raw["reply_edits"]:  # an optional column that the export does not have
        del row["kb_document_id"]
    return made.raw


# Settings -------------------------------------------------------------------------------------

SETTINGS = {
    "agent_settings": """
agent_id,valid_from,valid_to,baseline_cost_per_outcome,fte_annual_cost,productivity_target_per_day,baseline_minutes_per_outcome,fte_productive_minutes_per_year,implementation_cost
agent-a,2024-01-01,2025-03-09,12.5,65000,4,18,96000,100
agent-a,2025-03-09,,14.25,66000,5,18,96000,5000
agent-b,2025-01-01,,30,70000.5,,25,96000,
agent-c,2025-01-01,2025-06-01,8,,3,,,1000
agent-d,2025-01-01,,,64000,2,12,96000,
a ghost,2025-01-01,,9,60000,1,10,96000,1
""",
    "model_prices": """
provider,model,service_tier,valid_from,valid_to,input_usd_per_million,cache_read_usd_per_million,cache_write_usd_per_million,output_usd_per_million,source,checked_on
openai,gpt-4o,standard,2024-01-01,2025-03-09,2.5,1.25,2.5,10,test,2025-01-01
openai,gpt-4o,standard,2025-03-09,,3,1.5,3.75,12,test,2025-01-01
openai,gpt-4o,batch,2024-01-01,2025-03-09,1.25,0.625,1.25,5,test,2025-01-01
openai,gpt-4o,priority,2025-03-09,,4.25,2.125,4.25,17,test,2025-01-01
openai,gpt-4o-mini,standard,2024-01-01,,0.15,0.075,0.15,0.6,test,2025-01-01
anthropic,claude-sonnet-4-5,standard,2024-01-01,,3,0.3,3.75,15,test,2025-01-01
anthropic,claude-sonnet-4-5,batch,2024-01-01,,1.5,0.15,1.875,7.5,test,2025-01-01
anthropic,claude-sonnet-4-5,flex,2025-03-10,2025-10-31,1.2,0.12,1.5,6,test,2025-01-01
acme,short lived,standard,2025-03-01,2025-03-09,1,0.5,1,2,test,2025-01-01
acme,short lived,batch,2025-03-08,2025-11-02,0.5,0.25,0.5,1,test,2025-01-01
acme,no cache price,standard,2024-01-01,,1.111111,,,2.222222,test,2025-01-01
""",
    "reviewer_rates": """
reviewer_role,valid_from,valid_to,hourly_rate_usd
tier 1,2024-01-01,2025-03-09,30
tier 1,2025-03-09,,33.333333
specialist,2025-01-01,2025-03-10,80
default,2025-01-01,2025-11-02,45.5
""",
    "currency_rates": """
currency,valid_from,valid_to,usd_per_unit
EUR,2025-01-01,2025-03-09,1.05
EUR,2025-03-09,,1.084321
gbp,2025-01-10,,1.25
JPY,2025-03-01,2025-04-01,0.0067
""",
    "handoff_reasons": """
source_reason,reason
accuracy,accuracy_issue
accuracy_issue,accuracy_issue
User Asked ,user_request
edge_case,edge_case
policy_exception,policy_exception
""",
    "cost_allocation_drivers": """
cost_layer,driver
infrastructure,tokens
observability,api_calls
vector_db,kb_retrievals
platform,ai_outcomes
""",
    "forecasts": """
month,agent_id,metric_id,value,version
2025-03-01,agent-a,cost_per_outcome,9.5,
2025-03-01,agent-a,processed_items,60,original
2025-03-01,agent-a,completion_rate,80,original
2025-03-01,agent-a,cost_per_outcome,11,second
2025-03-01,agent-b,processed_items,40,
2025-03-01,agent-b,completion_rate,75,
2025-03-01,agent-b,escalation_rate,30,
2025-03-01,agent-b,api_cost_per_item,0.35,
2025-03-01,agent-b,review_cost_per_escalation,6.5,
2025-03-01,agent-b,fixed_cost,400,
2025-03-01,agent-c,processed_items,20,
2025-03-01,agent-c,completion_rate,70,
2025-03-01,agent-c,escalation_rate,30,
2025-03-01,agent-d,cost_per_outcome,5,
2025-02-01,agent-a,cost_per_outcome,7,
2025-02-01,agent-a,processed_items,0,
2025-02-01,agent-a,completion_rate,80,
2025-02-01,agent-b,processed_items,0,
2025-02-01,agent-b,completion_rate,75,
2025-02-01,agent-b,escalation_rate,30,
2025-02-01,agent-b,api_cost_per_item,0.35,
2025-02-01,agent-b,review_cost_per_escalation,6.5,
2025-02-01,agent-b,fixed_cost,400,
2025-11-01,all,cost_per_outcome,8,
2025-11-01,agent-a,cost_per_outcome,0,
2025-11-01,agent-b,cost_per_outcome,4,
2025-11-01,a ghost,cost_per_outcome,3,
2025-03-01,a ghost,cost_per_outcome,50,
2025-03-01,a ghost,processed_items,1000,
2025-03-01,a ghost,completion_rate,100,
2025-11-01,agent-a,escalation_rate,25,
2025-03-01,agent-a,escalation_rate,25,
2025-03-01,agent-a,ai_touch_rate,95,
2025-02-01,agent-a,escalation_rate,25,
2025-02-01,agent-a,api_cost_per_item,0.01,
2025-02-01,agent-a,review_cost_per_escalation,4,
2025-02-01,agent-a,fixed_cost,100,
2025-03-01,agent-a,api_cost_per_item,0.02,
2025-03-01,agent-a,review_cost_per_escalation,5.5,
2025-03-01,agent-a,fixed_cost,350,
2025-03-01,agent-a,processed_items,70,second
2025-03-01,all,cost_per_outcome,12,second
2025-03-01,agent-b,processed_items,35,second
2025-03-01,agent-b,completion_rate,70,second
2025-03-01,agent-b,escalation_rate,35,second
2025-03-01,agent-b,api_cost_per_item,0.4,second
2025-03-01,agent-b,review_cost_per_escalation,7,second
2025-03-01,agent-b,fixed_cost,380,second
2025-03-01,agent-d,processed_items,8,
2025-03-01,agent-d,completion_rate,50,
2025-03-01,agent-d,escalation_rate,0,
2025-03-01,agent-d,api_cost_per_item,0.1,
2025-03-01,agent-d,review_cost_per_escalation,0,
2025-03-01,agent-d,fixed_cost,30,
2025-04-01,all,processed_items,150,
2025-04-01,all,completion_rate,80,
2025-04-01,all,escalation_rate,30,
2025-04-01,all,api_cost_per_item,0.2,
2025-04-01,all,review_cost_per_escalation,6,
2025-04-01,all,fixed_cost,500,
2025-04-01,agent-a,cost_per_outcome,6,
2025-02-01,all,total_cost,700,
2025-02-01,agent-a,completed_outcomes,30,
2025-03-01,all,csat_ai,4.2,
2025-03-01,all,deflection_rate,60,
2025-03-01,agent-b,csat_delta,0,
2025-03-01,agent-c,return_rate_24h,12,
2025-10-01,all,first_touch_resolution_rate,66,
2025-11-01,all,negative_sentiment,40,
""",
    "retirement_rules": """
rule_id,metric_id,agent_id,use_case,bound_side,bound,bound_basis,consecutive_months,from_month,resulting_state
dearer,cost_per_outcome,,,above,100,pct_of_baseline,3,1,retire
dearer at once,cost_per_outcome,agent-c,,above,90,pct_of_baseline,1,,retire
loss,margin_contribution,,,below,0,absolute,1,6,performance_plan
little from b,margin_contribution,agent-b,,below,1000,absolute,3,,performance_plan
half escalated,escalation_rate,,,above,50,absolute,,1,performance_plan
much escalated,escalation_rate,,,above,30,absolute,1,1,watch
support escalates,escalation_rate,,support,above,5,absolute,2,2,watch
less liked,csat_delta,,,below,-10,absolute,1,,watch
slow,latency_to_outcome_p95,,claims,above,300,absolute,1,1,watch
"ghost, and nobody",escalation_rate,a ghost,,above,1,absolute,1,1,retire
""",
    "roi_scenarios": """
scenario_id,agent_id,items_per_month,completion_rate,escalation_rate,api_cost_per_item,review_cost_per_escalation,fixed_cost_per_month,baseline_cost_per_outcome,implementation_cost,fte_annual_cost
pays,agent-a,900,92,27,0.0025,2.80,2200,28.00,30000,65000
pays never,agent-b,100,80,50,1,30,5000,12,38000,74000
loses on every item,,72,10,90,3,40,0,4,36000,82000
no items,,0,88,37,0.0260,12.50,1500,34.00,36000,82000
no completion,agent-a,50,0,37,0.0260,12.50,1500,34.00,36000,82000
costs nothing,a ghost,400,90,0,0,0,0,24.00,0,65000
no baseline,,400,90,35,0.0040,4.50,2600,,45000,65000
not invested,,400,90,35,0.0040,4.50,2600,24,,
half empty,agent-c,,90,35,,4.50,2600,24,100,50000
""",
    "resolution_policies": """
policy_id,counted_kinds,window_hours,take_back_on_return,denominator
project_definition,confirmed|assumed|abandoned,,true,identifiable
confirmed_or_assumed,confirmed|assumed,24,true,ai_touched
verified_72h,confirmed|assumed,72,true,ai_touched
no_human_72h,confirmed|assumed|abandoned|late_human,72,false,closed
contained_no_callback_24h,confirmed|assumed|abandoned,24,true,closed
late only,late_human,1,true,closed
all of 7 days,abandoned | confirmed | late_human,168,true,identifiable
""",
    "llm_services": """
vendor,service
OpenAI%,
,%bedrock%
aws,%llm%
""",
    "metric_targets": """
metric_id,agent_id,use_case,target_basis,target_low,target_high,alarm_low,alarm_high,suspicious_low,suspicious_high,applies_from_month,alarm_from_month
cost_per_outcome,,,pct_of_baseline,,60,,80,,,,
cost_per_outcome,agent-a,,pct_of_baseline,20,50,,90,10,,3,4
cost_per_outcome,all,,pct_of_baseline,,70,,95.5,,,,
cost_per_ai_resolution,,,pct_of_baseline,,200,,400,,,2,
cost_per_kept_outcome,all,,pct_of_baseline,,100,,,,,4,
first_touch_resolution_rate,,,absolute,65,80,60,,,85,,
escalation_rate,,,absolute,20,35,,50,10,,,
escalation_rate,agent-b,,absolute,10,20,,30,,,,
escalation_rate,agent-b,claims,absolute,15,25,,45,5,,,
escalation_rate,agent-a,claims,absolute,1,2,,3,,,,
escalation_rate,,support,absolute,22,38,,55,,,,3
review_minutes_per_escalation,,,absolute,,5,,10,,,,
margin_contribution,,,absolute,0,,0,,,,4,6
margin_contribution,agent-b,,absolute,0,,-100,,,,2,3
tokens_per_outcome,,,absolute,,3000,,5000,,,,
cache_hit_rate,,,absolute,40,,20,,,,,
latency_to_outcome_p95,,support,absolute,,120,,,,,,
latency_to_outcome_p95,,claims,absolute,,300,,,,,,
latency_to_outcome_p95,all,loans,absolute,,200000,,,,,,
headcount_equivalent_saved,,,absolute,1,3,1,,,3,,
cost_variance_vs_forecast,,,absolute,-10,10,-20,20,,,,
csat_delta,,,absolute,-5,,-10,,,,,
csat_delta_mix_adjusted,,,absolute,0,,,,,,,
average_handling_time,,,previous_period,,,,,,,,
negative_sentiment,,,previous_period,,,,,,,2,
cost_per_conversation,,,previous_period,,,,,,,,
cost_per_conversation,agent-b,,absolute,,5,,20,,,,
kb_hit_rate,,,previous_period,,,,,,,,
deflection_rate,,,absolute,45,70,,,,90,,
return_rate_24h,,,absolute,,10,,,,,,
retry_rate,,,absolute,,0,,10,,,,
csat_ai,,,absolute,4,,,,,,,
csat_human,,,absolute,4.5,,2,,,,,
first_response_time,,,absolute,,3,,100,,,,
first_response_time_mean,,,absolute,,60,,,,,,
first_response_time_p95,,,absolute,,300,,,20,,,
ai_touch_rate,,,absolute,95,,50,,,,5,5
handoff_rate,,,absolute,,35,,,,,,
edit_feedback_rate,,,absolute,50,,,,,,,
abandonment_rate,,,absolute,,15,,,,,,
unattributed_cost_share,,,absolute,,20,,,,,,
stranded_cost,,,absolute,,0,,,,,,
total_cost,agent-b,,absolute,,400,,,,,,
human_minutes,,,absolute,,500,,,,,,
llm_invoice_gap_pct,,,absolute,-5,5,,,,,,
""",
}


def settings_rows():
    """The settings as the reference reads them."""
    return {name: list(csv.DictReader(text.strip().splitlines())) for name, text in SETTINGS.items()}


def write_settings(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in SETTINGS.items():
        (folder / f"{name}.csv").write_text(text.lstrip(), encoding="utf-8")
    return folder


def without_rejects(raw, tables):
    """The same raw tables, some with their sound rows only (their columns can then be written natively)."""
    settings = Settings(settings_rows())
    return {
        name: [row for row in rows if not stage(name, [row], settings).rejects] if name in tables else rows
        for name, rows in raw.items()
    }


# Writers --------------------------------------------------------------------------------------


def _columns(rows):
    columns = {}
    for row in rows:
        columns.update(dict.fromkeys(row))
    return list(columns)


def write_csv(raw, folder, compressed=False):
    """One CSV per table; header only where there is no row. NULL and empty text are the same there."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in raw.items():
        columns = _columns(rows) or list(TABLES[name].column_names())
        path = folder / (f"{name}.csv.gz" if compressed else f"{name}.csv")
        with (gzip.open if compressed else open)(path, "wt", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_json_lines(raw, folder, ending="jsonl"):
    """One JSON object per line; numbers bare where the text is a plain number, some NULLs left out."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in raw.items():
        kinds = {column.name: column.kind for column in TABLES[name].columns}
        lines = []
        for place, row in enumerate(rows):
            shown = {
                column: _json_value(kinds.get(column), text)
                for column, text in row.items()
                if text is not None or place % 2
            }
            lines.append(json.dumps(shown, ensure_ascii=bool(place % 3)))
        (folder / f"{name}.{ending}").write_text("\n".join(lines) + "\n" * bool(lines), encoding="utf-8")
    return folder


def _json_value(kind, text):
    is_plain = text is not None and text.isascii() and text.isdigit() and str(int(text)) == text
    return int(text) if kind == WHOLE_NUMBER and is_plain and len(text) < 16 else text


def write_parquet(raw, folder, parts=1):
    """Native types where every value of a column is clean, else text; as one file or as a folder of parts."""
    import duckdb

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    for name, rows in raw.items():
        columns = _columns(rows) or list(TABLES[name].column_names())
        types = {column: _native_type(name, column, rows) for column in columns}
        listed = ", ".join(f'"{column}" {native}' for column, native in types.items())
        connection.execute(f"create or replace temp table written ({listed})")
        if rows:
            marks = ", ".join("?" * len(columns))
            values = [
                [_native_value(name, column, types[column], row.get(column)) for column in columns]
                for row in rows
            ]
            connection.executemany(f"insert into written values ({marks})", values)
        if parts == 1:
            connection.execute(f"copy written to '{folder / name}.parquet' (format parquet)")
            continue
        (folder / name).mkdir(exist_ok=True)
        for part in range(parts):
            target = folder / name / f"part-{part}.parquet"
            connection.execute(
                f"copy (select * from written where rowid % {parts} = {part}) to '{target}' (format parquet)"
            )
    connection.close()
    return folder


def _kind(table, column):
    return next((c.kind for c in TABLES[table].columns if c.name == column), TEXT)


def _native_type(table, column, rows):
    kind = _kind(table, column)
    texts = [cleaned(row.get(column)) for row in rows]
    if kind == TEXT:
        plain = [text for text in texts if text is not None]
        is_number = column.endswith("_id") and plain and all(t.isdigit() and str(int(t)) == t for t in plain)
        return "bigint" if is_number else "varchar"
    if any(text is not None and PARSERS[kind](text) is None for text in texts):
        return "varchar"
    if kind == TIMESTAMP:
        return "timestamptz" if len(column) % 2 else "timestamp"
    return "bigint" if kind == WHOLE_NUMBER else "decimal(28, 12)"


def _native_value(table, column, native_type, text):
    if native_type == "varchar":
        return text
    text = cleaned(text)
    if text is None:
        return None
    if native_type == "bigint":
        return PARSERS[WHOLE_NUMBER](text)
    if native_type == "decimal(28, 12)":
        # written out in full: the driver drops the exponent of Decimal('1e1')
        return Decimal(format(Decimal(text.strip()), "f"))
    moment = PARSERS[TIMESTAMP](text)
    return moment.isoformat() + ("+00:00" if native_type == "timestamptz" else "")
