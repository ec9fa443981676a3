"""The catalogue at ``/models``: one page of a list, filters, and the way to a comparison."""
