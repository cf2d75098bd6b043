select *
from {{ ref('audit_raw_row_counts') }}
where rows_read <> rows_kept + rows_superseded + rows_rejected + rows_duplicate + rows_excluded
