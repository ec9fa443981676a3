import pytest

# What these find wrong is told with its values, as in a test.
pytest.register_assert_rewrite("tests.faults.postgres", "tests.faults.served", "tests.faults.suffering")
