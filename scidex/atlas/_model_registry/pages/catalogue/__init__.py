"""The catalogue at ``/models``: one page of a list, the filters that lead to others, and the way to a comparison."""
