"""Golden numbers for the L1 logistic regression, from scikit-learn's liblinear at a very small tolerance.

    python3 logistic_regression.py > logistic_regression.json

The features come from a linear congruential generator with exact dyadic values, so that the Swift test builds the same
matrix without reading it.
"""
import json
import warnings

import numpy
from sklearn.linear_model import LogisticRegression

ROWS, COLUMNS, FACTORS = 400, 60, 6


class Generator:
    def __init__(self, seed):
        self.state = seed

    def step(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return self.state >> 33

    def value(self):
        return (self.step() % 257 - 128) / 128


def problem():
    generator = Generator(2024)
    loads = [[generator.value() for _ in range(COLUMNS)] for _ in range(FACTORS)]
    features, labels = [], []
    for _ in range(ROWS):
        hidden = [generator.value() for _ in range(FACTORS)]
        row = [
            sum(loads[f][c] * hidden[f] for f in range(FACTORS)) + generator.value() / 4
            for c in range(COLUMNS)
        ]
        features.append(row)
        labels.append(1 if hidden[0] + hidden[1] / 2 + generator.value() / 2 + 0.25 > 0 else 0)
    return numpy.array(features), numpy.array(labels)


def main():
    x, y = problem()
    assert (x.astype(numpy.float32) == x).all()
    fits = []
    warnings.simplefilter("error")
    for c in [0.0078125, 0.0625, 0.5, 1, 8]:
        fit = LogisticRegression(
            l1_ratio=1, C=c, solver="liblinear", tol=1e-12, max_iter=1_000_000, random_state=0
        ).fit(x, y)
        w, b = fit.coef_[0], fit.intercept_[0]
        z = x @ w + b
        objective = abs(w).sum() + abs(b) + c * numpy.logaddexp(0, -(2 * y - 1) * z).sum()
        fits.append(
            {
                "c": c,
                "weights": [round(v, 9) for v in w.tolist()],
                "intercept": round(float(b), 9),
                "objective": round(float(objective), 9),
                "accuracy": round(float(fit.score(x, y)), 9),
                "probabilities": [round(v, 9) for v in fit.predict_proba(x)[:10, 1].tolist()],
            }
        )
    print(json.dumps({"rows": ROWS, "columns": COLUMNS, "positives": int(y.sum()), "fits": fits}))


main()
