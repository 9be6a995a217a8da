"""scikit-learn's time for ten folds of banknotes, for deploy/bench selection: each line on standard input asks for one measurement, its seconds go to standard output.

MLPClassifier 4-16-2, Adam 0.01, batch 32, 50 epochs, standardised in each fold, cross_val_score with n_jobs=2 (its processes stay from one measurement to the next).
"""

import os
import sys
import time
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["PYTHONWARNINGS"] = "ignore"
warnings.filterwarnings("ignore")

import numpy as np
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

table = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1, dtype=np.float32)
x, y = table[:, :4], table[:, 4].astype(int)
folds = StratifiedKFold(10, shuffle=True, random_state=42)
for line in sys.stdin:
    model = make_pipeline(
        StandardScaler(),
        MLPClassifier((16,), batch_size=32, learning_rate_init=0.01, max_iter=50, tol=0, n_iter_no_change=51, alpha=0),
    )
    start = time.perf_counter()
    scores = cross_val_score(model, x, y, cv=folds, n_jobs=2)
    print(time.perf_counter() - start, flush=True)
    print("scikit-learn, accuracy", scores.mean(), file=sys.stderr)
