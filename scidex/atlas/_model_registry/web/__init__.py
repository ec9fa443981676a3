"""HTTP only: addresses, parameters, statuses, headers."""
