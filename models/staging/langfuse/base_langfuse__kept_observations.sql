select
    *,
    {{ parse_integer('input_tokens') }} as input_count,
    {{ parse_integer('output_tokens') }} as output_count,
    coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0) as cached_count
from {{ ref('base_langfuse__observations') }}
where deleted_at is null or deleted_at < loaded_at
