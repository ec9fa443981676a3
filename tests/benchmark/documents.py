"""What models of each family say of themselves."""

import random
from typing import Any

from tests.benchmark import vocabulary


def described(family: str, chance: random.Random) -> dict[str, Any]:
    """Describe what the model is, as its family does."""
    common = {"model_family": family, "framework": "scipy", "note": "generated"}
    if family == "biophysical":
        species = chance.sample(vocabulary.SPECIES, 3)
        return common | {
            "species": species,
            "equations": [f"d{name}/dt = k_{name} - d_{name} * {name}" for name in species],
            "parameters": {
                f"{letter}_{name}": {"value": round(chance.random(), 4), "units": "1/hr", "source": "fitted"}
                for name in species
                for letter in "kd"
            },
        }
    if family == "deep_learning":
        layers = [
            {"type": chance.choice(vocabulary.LAYERS), "units": 2 ** chance.randint(4, 9)} for _ in range(4)
        ]
        return common | {
            "architecture": {"layers": layers},
            "parameter_count": chance.randint(1_000, 5_000_000),
        }
    features = chance.sample(vocabulary.FEATURES, chance.randint(2, 8))
    return common | {
        "features": features,
        "coefficients": {name: {"estimate": round(chance.gauss(0, 1), 4)} for name in features},
        "formula": f"impaired ~ {' + '.join(features)}",
    }
