"""What is said of a metric: which of its values are better, and the data that its name gives it."""

from typing import Literal

Direction = Literal["lower", "higher", "target", "neutral", "unknown"]
MetricSplit = Literal["train", "cv", "val", "test"]
