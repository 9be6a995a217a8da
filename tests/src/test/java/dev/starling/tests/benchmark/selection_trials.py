"""Random trials on the handwritten digits by other systems, for deploy/bench selection: selection_trials.py DIGITS.csv.gz optuna|ask|keras|ray. Each line on standard input asks for one measurement
of so many trials, its seconds go to standard output. Two processes, started and their imports done before.

64-h1-h2-10 (h from 16 to 128), Adam (learning rate 1e-4 to 1e-1, log-uniform), batch 32, 10 epochs; every fifth row is for validation.
optuna: its way for processes, a study in a journal file that both open. ask: its ask-and-tell interface, the study in the parent's memory. keras: as optuna, with Keras's fit (backend by KERAS_BACKEND).
ray: Ray Tune's random search, two trials at a time.
"""

import os
import sys

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
    os.environ.setdefault(name, "1")
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", PYTHONWARNINGS="ignore", RAY_AIR_NEW_OUTPUT="0")

import concurrent.futures
import multiprocessing
import tempfile
import time

import numpy as np

FILE, SYSTEM = sys.argv[1:3]
EPOCHS, BATCH, PROCESSES = 10, 32, 2
SPACE = {"h1": (16, 128), "h2": (16, 128), "rate": (1e-4, 1e-1)}


def digits():
    table = np.loadtxt(FILE, delimiter=",", skiprows=1, dtype=np.float32)
    x, y = table[:, :64] / 16, table[:, 64].astype(np.int64)
    watched = np.arange(len(y)) % 5 == 4
    return x[~watched], y[~watched], x[watched], y[watched]


def train_torch(data, h1, h2, rate):
    import torch
    from torch import nn

    x, y, validation, classes = data
    net = nn.Sequential(nn.Linear(64, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU(), nn.Linear(h2, 10))
    optimizer = torch.optim.Adam(net.parameters(), rate, fused=True)
    loss = nn.CrossEntropyLoss()
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            loss(net(x[batch]), y[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            accuracy = (net(validation).argmax(1) == classes).float().mean().item()
    return accuracy


def train_keras(data, h1, h2, rate):
    import keras

    x, y, validation, classes = data
    net = keras.Sequential(
        [keras.layers.Dense(h1, "relu"), keras.layers.Dense(h2, "relu"), keras.layers.Dense(10, "softmax")]
    )
    net.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = net.fit(x, y, BATCH, EPOCHS, verbose=0, validation_data=(validation, classes))
    keras.backend.clear_session()
    return history.history["val_accuracy"][-1]


def prepare():
    """In each process, before anything is measured."""
    global data, train
    data, train = digits(), train_keras if SYSTEM == "keras" else train_torch
    if SYSTEM != "keras":
        import torch

        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
        data = [torch.from_numpy(a) for a in data]
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    train(data, 16, 16, 1e-3)


def objective(trial):
    point = {name: trial.suggest_int(name, *SPACE[name]) for name in ("h1", "h2")}
    return train(data, rate=trial.suggest_float("rate", *SPACE["rate"], log=True), **point)


def storage(file):
    import optuna
    from optuna.storages.journal import JournalFileBackend

    return optuna.storages.JournalStorage(JournalFileBackend(file))


def share(file, trials, seed):
    import optuna

    study = optuna.load_study(study_name="digits", storage=storage(file), sampler=optuna.samplers.RandomSampler(seed))
    study.optimize(objective, n_trials=trials)


def by_journal(pool, trials):
    import optuna

    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "journal")
        study = optuna.create_study(study_name="digits", storage=storage(file), direction="maximize")
        parts = [pool.submit(share, file, trials // PROCESSES, seed) for seed in range(PROCESSES)]
        for part in parts:
            part.result()
        assert len(study.trials) == trials
        return study.best_value


def run(point):
    return train(data, **point)


def by_asking(pool, trials):
    import optuna

    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.RandomSampler(42))
    running = {}
    for begun in range(trials + PROCESSES):
        if begun >= PROCESSES:
            ended = next(concurrent.futures.as_completed(running))
            study.tell(running.pop(ended), ended.result())
        if begun < trials:
            trial = study.ask()
            point = {name: trial.suggest_int(name, *SPACE[name]) for name in ("h1", "h2")}
            point["rate"] = trial.suggest_float("rate", *SPACE["rate"], log=True)
            running[pool.submit(run, point)] = trial
    return study.best_value


def by_ray(data, trials):
    from ray import tune

    def trainable(config, data):
        import torch

        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
        tune.report({"accuracy": train_torch([torch.from_numpy(a.copy()) for a in data], **config)})

    tuner = tune.Tuner(
        tune.with_resources(tune.with_parameters(trainable, data=data), {"cpu": 1}),
        param_space={"h1": tune.randint(16, 129), "h2": tune.randint(16, 129), "rate": tune.loguniform(1e-4, 1e-1)},
        tune_config=tune.TuneConfig(
            num_samples=trials, metric="accuracy", mode="max", max_concurrent_trials=2, reuse_actors=True
        ),
        run_config=tune.RunConfig(verbose=0, storage_path=tempfile.mkdtemp(prefix="ray-")),
    )
    return tuner.fit().get_best_result().metrics["accuracy"]


def main():
    # Ray prints on standard output.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    if SYSTEM == "ray":
        import ray
        import torch  # so that its import does not count where workers share it

        ray.init(num_cpus=PROCESSES, include_dashboard=False, log_to_driver=False, configure_logging=False)
        pool, measure = digits(), by_ray
    else:
        pool = concurrent.futures.ProcessPoolExecutor(
            PROCESSES, multiprocessing.get_context("spawn"), initializer=prepare
        )
        [f.result() for f in [pool.submit(time.sleep, 5) for _ in range(PROCESSES)]]
        measure = by_asking if SYSTEM == "ask" else by_journal
    for line in sys.stdin:
        start = time.perf_counter()
        best = measure(pool, int(line))
        print(time.perf_counter() - start, file=answers, flush=True)
        print(SYSTEM, "best accuracy", best, file=sys.stderr)


if __name__ == "__main__":
    main()
