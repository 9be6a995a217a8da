"""Networks before and after a step of training in Keras 3, for KerasTrainingStepTest; called by write_fixtures.py."""
import json
import os

import keras
import numpy as np
from keras import layers as L

CROSS = "categorical_crossentropy"
# name, layers, loss, optimiser in Keras, the same in an experiment file, steps
SGD = (lambda: keras.optimizers.SGD(0.1), {"sgd": {"learningRate": 0.1}})
MOMENTUM = (lambda: keras.optimizers.SGD(0.05, momentum=0.9), {"sgd": {"learningRate": 0.05, "momentum": 0.9}})
NESTEROV = (
    lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
    {"sgd": {"learningRate": 0.05, "momentum": 0.9, "nesterov": True}},
)
ADAGRAD = (lambda: keras.optimizers.Adagrad(0.05), {"adagrad": {"learningRate": 0.05}})
RMSPROP = (lambda: keras.optimizers.RMSprop(0.005), {"rmsprop": {"learningRate": 0.005}})
ADAM = (lambda: keras.optimizers.Adam(0.01), {"adam": {"learningRate": 0.01}})
AMSGRAD = (lambda: keras.optimizers.Adam(0.01, amsgrad=True), {"amsgrad": {"learningRate": 0.01}})


def dense(activation, loss_end):
    return lambda: [L.Input((5,)), L.Dense(7, activation=activation), L.Dense(4, activation=activation), loss_end()]


def softmax():
    return L.Dense(3, activation="softmax")


def sigmoid():
    return L.Dense(1, activation="sigmoid")


def linear():
    return L.Dense(2)


def penalised():
    return [
        L.Input((5,)),
        L.Dense(6, activation="tanh", kernel_regularizer=keras.regularizers.L1L2(0.01, 0.02)),
        L.Dense(3, activation="softmax", kernel_regularizer=keras.regularizers.L2(0.05)),
    ]


def normalized():
    """Without the bias that the normalisation takes away again: its gradient is nothing but rounding, which Adam divides by itself."""
    return [L.Input((5,)), L.Dense(6, use_bias=False), L.BatchNormalization(momentum=0.9), L.Activation("relu"), L.Dropout(0.0), L.Dense(3, activation="softmax")]


def convolutions():
    return [
        L.Input((6, 5, 2)),
        L.Conv2D(4, 3, padding="same", activation="relu"),
        L.BatchNormalization(momentum=0.9),
        L.MaxPooling2D(2),
        L.Conv2D(3, 2),
        L.Activation("tanh"),
        L.Flatten(),
        L.Dense(3, activation="softmax"),
    ]


def averages():
    return [L.Input((6, 6, 1)), L.Conv2D(3, 2, strides=2), L.AveragePooling2D(2, strides=1), L.Flatten(), L.Dense(2)]


def series():
    return [
        L.Input((8, 2)),
        L.Conv1D(4, 3, padding="same", activation="relu"),
        L.MaxPooling1D(2),
        L.Conv1D(3, 2),
        L.Flatten(),
        L.Dense(1, activation="sigmoid"),
    ]


def halves():
    """Normalisations without one of their parts."""
    return [
        L.Input((5,)),
        L.Dense(6, use_bias=False),
        L.BatchNormalization(momentum=0.9, center=False),
        L.Activation("tanh"),
        L.Dense(4, use_bias=False),
        L.BatchNormalization(momentum=0.9, scale=False),
        L.PReLU(alpha_initializer="ones"),
        L.Dense(5, use_bias=False),
        L.BatchNormalization(momentum=0.9, center=False, scale=False),
        L.Dense(3, activation="softmax"),
    ]


def active():
    """A penalty on activations."""
    penalty = keras.regularizers.L1L2(0.01, 0.02)
    return [L.Input((5,)), L.Dense(6, activation="tanh", activity_regularizer=penalty), L.Dense(2)]


def images():
    return [
        L.Input((4, 4, 2)),
        L.ZeroPadding2D(((1, 0), (0, 1))),
        L.Conv2D(3, 2),
        L.PReLU(alpha_initializer="ones"),
        L.UpSampling2D(2),
        L.GlobalMaxPooling2D(),
        L.Dense(2),
    ]


def slopes():
    return [L.Input((4, 4, 2)), L.Conv2D(3, 2), L.PReLU(alpha_initializer="ones", shared_axes=[1, 2]), L.Flatten(), L.Dense(2)]


def positive():
    return L.Dense(2, activation="softplus")


def shares():
    return L.Dense(3, activation="softmax")


STEPS = [
    ("sgd", dense("sigmoid", softmax), CROSS, SGD),
    ("momentum", dense("tanh", sigmoid), "binary_crossentropy", MOMENTUM),
    ("nesterov", dense("tanh", linear), "mean_squared_error", NESTEROV),
    ("adagrad", dense("relu", linear), "mean_absolute_error", ADAGRAD),
    ("rmsprop", dense("elu", softmax), CROSS, RMSPROP),
    ("adam", dense("selu", softmax), CROSS, ADAM),
    ("amsgrad", dense("softplus", linear), "mean_squared_error", AMSGRAD),
    ("leaky", dense("leaky_relu", sigmoid), "binary_crossentropy", SGD),
    ("penalised", penalised, CROSS, MOMENTUM),
    ("normalized", normalized, CROSS, ADAM),
    ("convolutions", convolutions, CROSS, MOMENTUM),
    ("averages", averages, "mean_squared_error", ADAM),
    ("series", series, "binary_crossentropy", RMSPROP),
]


LATER = [
    ("halves", halves, CROSS, SGD),
    ("active", active, "mean_squared_error", MOMENTUM),
    ("images", images, "mean_squared_error", SGD),
    ("logarithmic", dense("tanh", positive), "mean_squared_logarithmic_error", SGD),
    ("percentage", dense("tanh", linear), "mean_absolute_percentage_error", (lambda: keras.optimizers.SGD(0.001), {"sgd": {"learningRate": 0.001}})),
    ("huber", dense("tanh", linear), "huber", SGD),
    ("logcosh", dense("tanh", linear), "log_cosh", SGD),
    ("hinge", dense("tanh", linear), "hinge", SGD),
    ("squaredhinge", dense("tanh", linear), "squared_hinge", SGD),
    ("poisson", dense("tanh", positive), "poisson", SGD),
    ("divergence", dense("tanh", shares), "kl_divergence", SGD),
    ("slopes", slopes, "mean_squared_error", MOMENTUM),
]


def write(folder, randomize, steps=STEPS, first=0):
    for seed, (name, layers, loss, (optimizer, words)) in enumerate(steps, first):
        keras.backend.clear_session()
        model = keras.Sequential(layers())
        randomize(model, 100 + seed)
        path = os.path.join(folder, "step-" + name)
        model.save(path + ".before.keras")
        random = np.random.RandomState(200 + seed)
        shape = tuple(model.input_shape[1:])
        examples, count = 6, 3
        inputs = random.normal(0, 1, (count, examples) + shape).astype("float32").round(3)
        outputs = model.output_shape[-1]
        if loss == CROSS:
            targets = np.eye(outputs, dtype="float32")[random.randint(0, outputs, (count, examples))]
        elif loss == "binary_crossentropy":
            targets = random.randint(0, 2, (count, examples, 1)).astype("float32")
        elif loss == "kl_divergence":
            targets = random.dirichlet(np.ones(outputs), (count, examples)).astype("float32").round(3)
        elif "hinge" in loss:
            targets = (2 * random.randint(0, 2, (count, examples, outputs)) - 1).astype("float32")
        elif loss in ("poisson", "mean_squared_logarithmic_error"):
            targets = random.poisson(2, (count, examples, outputs)).astype("float32")
        else:
            targets = random.normal(0, 1, (count, examples, outputs)).astype("float32").round(3)
        model.compile(optimizer(), loss)
        losses = []
        for i in range(count):
            losses.append(float(model.train_on_batch(inputs[i], targets[i])))
            if i == 0:
                model.compiled = False
                model.save(path + ".after.keras", include_optimizer=False)
                model.compiled = True
        model.save(path + ".end.keras", include_optimizer=False)
        with open(path + ".json", "w") as out:
            json.dump(
                {
                    "loss": loss,
                    "optimizer": words,
                    "inputShape": list(shape),
                    "examples": examples,
                    "inputs": [round(float(x), 3) for x in inputs.reshape(-1)],
                    "targets": [round(float(x), 3) for x in targets.reshape(-1)],
                },
                out,
            )
