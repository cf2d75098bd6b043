with

api_calls as {{ kept_rows('api_calls') }},

last_attempts as (
    select
        request_id,
        max(attempt_number) as last_attempt_number
    from api_calls
    where request_id is not null
    group by request_id
    having max(attempt_number) > min(attempt_number)
)

select retry_of_api_call_id as api_call_id
from api_calls
where retry_of_api_call_id is not null and retry_of_api_call_id <> api_call_id
group by 1

union

select api_calls.api_call_id
from api_calls
inner join last_attempts
    on api_calls.request_id = last_attempts.request_id
    and api_calls.attempt_number < last_attempts.last_attempt_number
