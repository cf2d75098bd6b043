-- A full copy with every load.
select
    agent_id,
    ['Billing assistant', 'Order support', 'Claims triage', 'Loan intake'][lane] as agent_name,
    ['customer_care', 'customer_care', 'claims_operations', 'lending'][lane] as team,
    use_case,
    deployed_on + interval 8 hours as deployed_at,
    cast(null as timestamp) as retired_at,
    as_of() as loaded_at
from lanes
where agent_id is not null
order by lane
