{{ call_costs('retries', is_retry=true) }}
