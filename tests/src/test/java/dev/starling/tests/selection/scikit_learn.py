"""Reference values of ScikitLearnTest: cross-validated logistic regression on conf/data/iris/iris.csv, row i in fold i mod 5.

Each fold standardises by its training rows and minimises mean cross-entropy + 0.01 * sum(w^2), intercepts free, which is C = 1 / (2 * 0.01 * n).
Usage: python scikit_learn.py conf/data/iris/iris.csv (scikit-learn 1.7.2 or later)
"""

import csv
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import PredefinedSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

rows = list(csv.reader(open(sys.argv[1])))[1:]
x = np.array([[float(v) for v in row[:4]] for row in rows])
names = sorted({row[4] for row in rows})
y = np.array([names.index(row[4]) for row in rows])
folds = PredefinedSplit(np.arange(len(y)) % 5)
predicted = np.zeros(len(y), dtype=int)
losses = []
for train, test in folds.split():
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=1 / (2 * 0.01 * len(train)), tol=1e-12, max_iter=100_000)
    )
    model.fit(x[train], y[train])
    predicted[test] = model.predict(x[test])
    losses.append(log_loss(y[test], model.predict_proba(x[test]), labels=range(3)))
print("log-loss:", ", ".join(f"{loss:.9f}" for loss in losses))
print("predicted:", "".join(str(p) for p in predicted))
print("wrong:", int((predicted != y).sum()))
