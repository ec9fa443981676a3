"""Running sums are those of numpy, whatever the number of rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scidex.atlas._model_registry.statistics.running_sums import running_sums


@given(rows=st.integers(0, 150), width=st.integers(1, 5), seed=st.integers(0, 1000))
@settings(max_examples=100, deadline=None)
def test_sums_before_each_row_and_of_all_are_those_of_numpy(rows: int, width: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    counts, weights = draw.integers(0, 9, (rows, width)).astype(float), draw.random((rows, width))
    assert (running_sums(counts) == np.vstack([np.zeros(width), np.cumsum(counts, axis=0)])).all()
    assert running_sums(weights)[1:] == pytest.approx(np.cumsum(weights, axis=0), rel=1e-12)
