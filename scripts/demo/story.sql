-- The story: who works, on what, how well, from which day on. Everything else only plays it out.

-- One row per lane of work: four agents and three teams of people without an agent.
create table lanes as
from (values
    (1, 'billing_assistant', 'support', 'ticket', true, 0.020, date '2025-08-04', 0.65,
        ['web_chat', 'web_chat', 'mobile_app', 'email'], 6, ['l1_support', 'l1_support', 'l2_support'],
        ['invoice_question', 'payment_failed', 'plan_change', 'refund'], [0.7, 0.9, 0.9, 1.5]),
    (2, 'order_support', 'support', 'ticket', true, 0.012, date '2025-08-11', 0.55,
        ['web_chat', 'web_chat', 'mobile_app', 'email'], 6, ['l1_support', 'l1_support', 'l2_support'],
        ['delivery_status', 'return_request', 'address_change', 'damaged_item'], [0.7, 1.0, 0.8, 1.5]),
    (3, 'claims_triage', 'claims', 'claim', false, 0.015, date '2025-08-18', 0.5,
        ['portal', 'portal', 'email'], 5, ['claims_adjuster'],
        ['auto_glass', 'travel', 'theft', 'water_damage'], [0.7, 0.9, 1.1, 1.3]),
    (4, 'loan_intake', 'loans', 'loan_application', false, 0.0, date '2025-09-01', 0.5,
        ['web_form', 'web_form', 'partner_api'], 3, ['loan_officer'],
        ['personal_loan', 'car_loan', 'home_improvement'], [0.8, 1.0, 1.2]),
    (5, null, 'support', 'ticket', true, 0.005, null, 0.5,
        ['web_chat', 'mobile_app', 'email', 'phone'], 9, ['l1_support', 'l2_support'],
        ['invoice_question', 'refund', 'delivery_status', 'damaged_item'], [1, 1, 1, 1]),
    (6, null, 'claims', 'claim', false, 0.005, null, 0.5,
        ['portal', 'email'], 5, ['claims_adjuster'],
        ['auto_glass', 'travel', 'theft', 'water_damage'], [1, 1, 1, 1]),
    (7, null, 'loans', 'loan_application', false, 0.005, null, 0.5,
        ['web_form', 'partner_api'], 3, ['loan_officer'],
        ['personal_loan', 'car_loan', 'home_improvement'], [1, 1, 1])
) as rows (
    lane, agent_id, use_case, work_item_type, has_conversation, monthly_growth, deployed_on, edits_fed_back,
    channels, reviewers, reviewer_roles, topics, topic_difficulty
);

-- One row per lane and stretch of time in which the work goes alike. Shares are of the lane's items, except:
-- confirmed (of what the AI resolved), cache_hits and failures (of chat calls), lookups (per turn), returns
-- (of ended conversations), good_ratings (of answered surveys), kb_hits (of labelled look-ups).
create table phases as
select row_number() over (order by lane, from_day) as phase, *
from (values
    -- billing_assistant, the good one: better with each release.
    (1, date '2025-08-01', 'v1', 'gpt-4.1-mini', 'gpt-4.1-mini', 300,
        0.30, 0.060, 0.55, 2.00, 0.45, 1080, 140, 0.48, 0.035, 2.1, 24, 4.3, 0.090, 0.90, 0.29, 0.80),
    (1, date '2025-11-01', 'v2', 'claude-haiku-4-5', 'claude-haiku-4-5', 310,
        0.28, 0.055, 0.60, 1.95, 0.45, 1050, 135, 0.57, 0.030, 1.9, 23, 3.9, 0.080, 0.92, 0.26, 0.83),
    (1, date '2026-04-01', 'v3', 'claude-haiku-4-5', 'claude-haiku-4-5', 320,
        0.26, 0.050, 0.65, 1.90, 0.45, 1000, 130, 0.64, 0.025, 1.8, 22, 3.5, 0.070, 0.94, 0.24, 0.87),
    -- order_support: sound until the prompt of v2.
    (2, date '2025-08-01', 'v1', 'gpt-4.1-mini', 'gpt-4.1-mini', 215,
        0.28, 0.060, 0.55, 2.00, 0.40, 1050, 130, 0.55, 0.030, 2.0, 25, 4.2, 0.085, 0.92, 0.27, 0.84),
    (2, date '2026-09-08', 'v2', 'gpt-4.1-mini', 'gpt-4.1-mini', 215,
        0.33, 0.170, 0.35, 2.70, 0.55, 1600, 230, 0.13, 0.190, 2.7, 32, 6.5, 0.190, 0.74, 0.43, 0.68),
    -- claims_triage: people redo much of its work.
    (3, date '2025-08-01', 'v1', 'gpt-4.1', 'gpt-4.1', 100,
        0.40, 0.040, 0.50, 2.20, 0.45, 1150, 170, 0.44, 0.035, 8, 45, 10, 0.0, 0.93, 0.3, 0.82),
    (3, date '2025-11-01', 'v2', 'claude-sonnet-4-5', 'claude-sonnet-4-5', 105,
        0.43, 0.040, 0.50, 2.20, 0.45, 1200, 180, 0.46, 0.030, 8, 45, 12, 0.0, 0.93, 0.3, 0.82),
    (3, date '2026-05-01', 'v3', 'claude-sonnet-4-5', 'claude-sonnet-4-5', 110,
        0.46, 0.040, 0.50, 2.30, 0.45, 1250, 185, 0.45, 0.030, 8, 45, 15, 0.0, 0.92, 0.3, 0.81),
    -- loan_intake: fewer files, longer prompts, a dearer model; candidate for retirement.
    (4, date '2025-09-01', 'v1', 'gemini-2.5-flash', 'gemini-2.5-flash', 105,
        0.27, 0.060, 0.60, 2.20, 0.35, 1250, 200, 0.44, 0.035, 11, 50, 7, 0.0, 0.91, 0.3, 0.80),
    (4, date '2026-02-01', 'v2', 'gemini-2.5-flash', 'claude-sonnet-4-5', 90,
        0.33, 0.070, 0.55, 2.90, 0.40, 1750, 260, 0.32, 0.045, 12, 52, 9, 0.0, 0.88, 0.3, 0.78),
    (4, date '2026-06-01', 'v3', 'gemini-2.5-flash', 'claude-sonnet-4-5', 72,
        0.36, 0.080, 0.50, 3.30, 0.40, 2100, 300, 0.26, 0.050, 12, 54, 10, 0.0, 0.87, 0.3, 0.76),
    -- People alone: the comparison.
    (5, date '2025-08-01', null, null, null, 100,
        0, 0.07, 0, 3, 0, 0, 0, 0, 0, 60, 100, 34, 0.05, 0.95, 0.22, 0),
    (6, date '2025-08-01', null, null, null, 38,
        0, 0.04, 0, 1, 0, 0, 0, 0, 0, 60, 100, 20, 0, 0.95, 0.3, 0),
    (7, date '2025-08-01', null, null, null, 24,
        0, 0.05, 0, 1, 0, 0, 0, 0, 0, 60, 100, 24, 0, 0.95, 0.3, 0)
) as rows (
    lane, from_day, agent_version, first_model, chat_model, items_per_month,
    escalated, abandoned, confirmed, turns, lookups, prompt_tokens, reply_tokens, cache_hits, failures,
    reply_seconds, gap_seconds, review_minutes, returns, good_ratings, negativity, kb_hits
);

-- List prices in USD per million tokens, only to write bills and gateway costs that fit the calls.
create table prices as
from (values
    ('anthropic', 'claude-sonnet-4-5', 3.0, 0.3, 3.75, 15.0),
    ('anthropic', 'claude-haiku-4-5', 1.0, 0.1, 1.25, 5.0),
    ('openai', 'gpt-4.1', 2.0, 0.5, 0.0, 8.0),
    ('openai', 'gpt-4.1-mini', 0.4, 0.1, 0.0, 1.6),
    ('openai', 'text-embedding-3-small', 0.02, 0.0, 0.0, 0.0),
    ('google', 'gemini-2.5-flash', 0.3, 0.03, 0.0, 2.5)
) as rows (provider, model, input_usd, read_usd, write_usd, output_usd);

-- One row per day and lane: how many items arrive, and the number of the first. Weights are whole numbers, so
-- that their running sum is the same on every machine.
create table cells as
with days as (
    select cast(unnest(generate_series(date '2025-08-01', date '2026-11-12', interval 1 day)) as date) as day
),

weights as (
    select
        days.day,
        lanes.lane,
        phases.phase,
        whole(
            1000000 * phases.items_per_month / 30.4
            * pow(1 + lanes.monthly_growth, date_diff('day', date '2025-08-01', days.day) / 30.4)
            -- Monday is busy, the weekend is quiet, November to January brings more.
            * [1.22, 1.15, 1.08, 1.05, 1.08, 0.78, 0.64][isodow(days.day)]
            * [1.10, 1.00, 0.98, 0.97, 0.97, 0.96, 0.94, 0.95, 1.00, 1.02, 1.10, 1.16][month(days.day)]
            -- A new agent takes over within three weeks.
            * coalesce(greatest(0, least(1, (date_diff('day', lanes.deployed_on, days.day) + 1) / 21.0)), 1)
            * if(days.day = cast(as_of() as date), 0.12, 1)
        ) as weight,
        -- Attempts per turn, look-ups and evaluations, and the customers who come back.
        whole(
            10000 * phases.turns * (1 + phases.failures + pow(phases.failures, 2) + phases.lookups + 0.02)
            * (1 + 0.93 * phases.returns) * if(lanes.agent_id is null, 0, 1)
        ) as calls_per_10000_items
    from days
    cross join lanes
    asof inner join phases on lanes.lane = phases.lane and days.day >= phases.from_day
),

running as (
    select
        day,
        lane,
        phase,
        weight,
        sum(weight) over (partition by lane order by day) as weight_so_far,
        getvariable('api_calls') / cast(sum(weight * calls_per_10000_items) over () as double) * 10000
            as items_per_weight
    from weights
),

counted as (
    select
        day,
        lane,
        phase,
        whole(weight_so_far * items_per_weight) - whole((weight_so_far - weight) * items_per_weight) as items
    from running
),

numbered as (
    select
        *,
        sum(items) over (order by day, lane) - items as first_item,
        sum(items) over () as all_items
    from counted
)

select
    day,
    lane,
    phase,
    cast(items as bigint) as items,
    cast(first_item as bigint) as first_item,
    cast(all_items as bigint) as all_items,
    cast(least(first(first_item) over (partition by day order by lane) * getvariable('parts') // all_items,
        getvariable('parts') - 1) as integer) as part
from numbered;
