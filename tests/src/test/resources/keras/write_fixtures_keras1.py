"""Writes the fixtures of Keras 1 (1.2.2 on TensorFlow 1) for KerasImportTest. Run by hand: python write_fixtures_keras1.py"""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers as L
from keras.layers.advanced_activations import PReLU
from keras.models import Model, Sequential

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras1")


def mlp():
    return [L.Dense(8, input_dim=5, activation="relu", init="he_normal", W_regularizer="l2"), L.BatchNormalization(mode=0), L.Dropout(0.5), L.Dense(3, activation="softmax")]


def images(ordering):
    shape = (8, 6, 2) if ordering == "tf" else (2, 8, 6)
    return [
        L.Convolution2D(4, 3, 2, border_mode="same", activation="relu", dim_ordering=ordering, input_shape=shape),
        L.BatchNormalization(mode=0, axis=3 if ordering == "tf" else 1),
        L.MaxPooling2D((2, 2), dim_ordering=ordering),
        L.Convolution2D(3, 2, 2, subsample=(2, 1), bias=False, dim_ordering=ordering),
        L.AveragePooling2D((1, 2), strides=(1, 1), dim_ordering=ordering),
        L.Flatten(),
        L.Dense(4, activation="tanh"),
        L.Dense(2),
    ]


def images_last():
    return images("tf")


def images_first():
    return images("th")


def series():
    return [
        L.Convolution1D(4, 3, border_mode="same", activation="relu", input_shape=(12, 3)),
        L.MaxPooling1D(2),
        L.Convolution1D(5, 2, subsample_length=2),
        L.AveragePooling1D(2, stride=1),
        L.Flatten(),
        L.advanced_activations.LeakyReLU(0.3) if hasattr(L, "advanced_activations") else keras.layers.advanced_activations.LeakyReLU(0.3),
        L.Dense(1, activation="sigmoid"),
    ]


def plain():
    """Noise, places and slopes by their older keys."""
    at = L.Input(shape=(5, 4, 2))
    first = L.ZeroPadding2D((1, 2), dim_ordering="tf")(at)
    first = L.Convolution2D(3, 2, 2, dim_ordering="tf")(first)
    first = PReLU()(first)
    first = L.GaussianNoise(0.1)(L.GlobalAveragePooling2D(dim_ordering="tf")(first))
    second = L.Dense(3)(L.GaussianDropout(0.2)(L.Flatten()(at)))
    both = L.merge([first, second], mode="sum")
    return Model(at, L.Dense(2)(L.merge([both, second], mode="concat")))


def graph():
    return [L.Input(shape=(4,)), L.Dense(5, activation="sigmoid"), L.Dense(2, activation="softmax")]


def main():
    if not os.path.isdir(FOLDER):
        os.makedirs(FOLDER)
    for seed, case in enumerate([mlp, images_last, images_first, series, graph, plain]):
        if len(sys.argv) > 1 and case.__name__ not in sys.argv[1:]:
            continue
        layers = case()
        if case is plain:
            model = layers
        elif case is graph:
            at = layers[0]
            for layer in layers[1:]:
                at = layer(at)
            model = Model(layers[0], at)
        else:
            model = Sequential(layers)
        random = np.random.RandomState(seed)
        for layer in model.layers:
            weights = []
            for i, weight in enumerate(layer.get_weights()):
                positive = isinstance(layer, L.BatchNormalization) and i in (0, 3)
                weights.append(random.uniform(0.5, 1.5, weight.shape) if positive else random.normal(0, 0.5, weight.shape))
            layer.set_weights(weights)
        shape = tuple(model.input_shape[1:])
        inputs = random.normal(0, 1, (3,) + shape).astype("float32").round(3)
        outputs = model.predict(inputs)
        trainable = int(sum(np.prod(keras.backend.get_value(w).shape) for w in model.trainable_weights))
        name = os.path.join(FOLDER, case.__name__)
        with open(name + ".json", "w") as out:
            json.dump(
                {
                    "keras": keras.__version__,
                    "parameters": {"total": int(model.count_params()), "trainable": trainable},
                    "channelsFirst": case is images_first,
                    "inputShape": list(shape),
                    "inputs": [round(float(x), 3) for x in inputs.reshape(-1)],
                    "outputs": [float("%.9g" % x) for x in outputs.reshape(-1)],
                },
                out,
            )
        if case is mlp:
            with open(name + ".architecture.json", "w") as out:
                out.write(model.to_json())
            model.save_weights(name + ".weights.h5")
        else:
            model.save(name + ".h5")


if __name__ == "__main__":
    main()
