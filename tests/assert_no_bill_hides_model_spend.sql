{{ config(severity='warn') }}

select * from {{ ref('audit_suspected_llm_bills') }}
