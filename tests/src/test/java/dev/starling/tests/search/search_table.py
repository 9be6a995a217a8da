"""Optuna's figures beside ours on the table of real trainings, for tests/results/search.md: search_table.py tests/src/test/resources/digits-table.csv [SEEDS]. Needs optuna.

Each column is searched by the number of its value, as ours is; the activation as a category. Medians of the best loss of so many seeds, quartiles in brackets.
"""

import csv
import statistics
import sys
import warnings

import optuna

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
rows = list(csv.DictReader(open(sys.argv[1])))
seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 101
columns = [name for name in rows[0] if name not in ("loss", "seconds")]
values = {name: list(dict.fromkeys(row[name] for row in rows)) for name in columns}
loss = {tuple(row[name] for name in columns): float(row["loss"]) for row in rows}


def suggest(trial, name):
    if name == "activation":
        return trial.suggest_categorical(name, values[name])
    return values[name][trial.suggest_int(name, 0, len(values[name]) - 1)]


samplers = {
    "random": lambda seed: optuna.samplers.RandomSampler(seed),
    "TPE": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "TPE, multivariate": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True),
}
for label, sampler in samplers.items():
    best = {50: [], 100: []}
    for seed in range(seeds):
        study = optuna.create_study(sampler=sampler(seed))
        for trials in best:
            study.optimize(lambda t: loss[tuple(suggest(t, name) for name in columns)], trials - len(study.trials))
            best[trials].append(study.best_value)
    for trials, found in best.items():
        low, middle, high = statistics.quantiles(found, n=4)
        print(f"{label} | {trials} | {middle:.4f} ({low:.4f}–{high:.4f})", flush=True)
