"""A load in one go is measured as it is: lists answered meanwhile must match a state that they can have seen."""

from dataclasses import replace

from tests.benchmark.bulk.truth import Asked, State, is_stale

_EMPTY, _FULL = {"ids": [], "total": 0}, {"ids": ["m"], "total": 1}
_STATES = [State(0, 0, {"/": _EMPTY}), State(10, 11, {"/": _FULL}), State(20, 21, {"/": _EMPTY})]
_ASKED = Asked("/", 12, 13, 200, _FULL)


def test_an_answer_is_stale_that_no_state_of_its_time_gives() -> None:
    assert not is_stale(_ASKED, _STATES)
    assert is_stale(replace(_ASKED, answer=_EMPTY), _STATES)
    assert is_stale(replace(_ASKED, begun=1, ended=9), _STATES)
    assert is_stale(replace(_ASKED, begun=22, ended=23), _STATES)


def test_while_a_commit_is_under_way_either_state_is_right() -> None:
    for answer in (_EMPTY, _FULL):
        assert not is_stale(replace(_ASKED, begun=9, ended=10.5, answer=answer), _STATES)
        assert not is_stale(replace(_ASKED, begun=10.5, ended=12, answer=answer), _STATES)


def test_a_refusal_is_not_stale() -> None:
    assert not is_stale(replace(_ASKED, status=503, answer=None), _STATES)
