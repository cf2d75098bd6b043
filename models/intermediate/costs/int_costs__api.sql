{{ call_costs('api', is_retry=false) }}
