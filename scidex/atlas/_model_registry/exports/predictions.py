"""The evaluations of a model within its record: one line for each, its columns as the database holds them."""

import json
from collections.abc import Iterator, Mapping, Sequence

from scidex.atlas._model_registry.store.evaluations import MOST_SENT, EvaluationDocument


def with_predictions(text: str, evaluations: Sequence[EvaluationDocument], samples: Mapping[str, str]) -> str:
    """Return a record, written with indents, with ``evaluation_documents`` and ``sample_ids`` added.

    An evaluation that is too large has the reason in place of its columns.
    """
    lines = ",\n".join(_lines(evaluations))
    listed = f"\n{lines}\n  " if lines else ""
    ids = ", ".join(
        f"{json.dumps(name, ensure_ascii=False)}: {document}" for name, document in samples.items()
    )
    body = text.rstrip().removesuffix("}").rstrip()
    return f'{body},\n  "evaluation_documents": [{listed}],\n  "sample_ids": {{{ids}}}\n}}\n'


def _lines(evaluations: Sequence[EvaluationDocument]) -> Iterator[str]:
    for one in evaluations:
        fields = {key: value for key, value in one._asdict().items() if key not in {"document", "bytes"}}
        if one.document is None:
            fields["left_out"] = (
                f"its {one.bytes} bytes are more than the {MOST_SENT} that a record has for predictions"
            )
        line = json.dumps(fields, ensure_ascii=False, allow_nan=False)
        # PostgreSQL wrote the JSON, so it is copied as text.
        yield f"    {line}" if one.document is None else f'    {line[:-1]}, "metadata": {one.document}}}'
