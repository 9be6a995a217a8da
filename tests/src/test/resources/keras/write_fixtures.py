"""Writes the fixtures of KerasImportTest and KerasTrainingStepTest. Run by hand, once for each Keras:

    python write_fixtures.py        # Keras 3 (any backend; JAX has convolutions with channels first on a CPU), or Keras 2.15 (TensorFlow)

Each case is a small network with random weights, its file, and NAME.json: inputs, what Keras predicts for them, and Keras's counts of parameters.
Keras 1 has a script of its own, write_fixtures_keras1.py.
"""
import json
import os
import sys
import zipfile

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import h5py
import keras
import numpy as np
from keras import layers as L

MAJOR = int(keras.__version__.split(".")[0])
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "keras%d" % MAJOR)


def leaky(slope):
    return L.LeakyReLU(negative_slope=slope) if MAJOR == 3 else L.LeakyReLU(alpha=slope)


def xor():
    return [L.Input((2,)), L.Dense(4, activation="sigmoid"), L.Dense(4, activation="sigmoid"), L.Dense(1, activation="sigmoid")]


def mlp():
    return [
        L.Input((5,)),
        L.Dense(8, activation="relu", kernel_initializer="he_normal", kernel_regularizer=keras.regularizers.L2(1e-4)),
        L.BatchNormalization(),
        L.Dropout(0.5),
        L.Dense(6, activation="elu"),
        L.Dense(6, activation="selu", use_bias=False),
        L.Dense(3, activation="softmax"),
    ]


def cnn():
    return [
        L.Input((8, 6, 2)),
        L.Conv2D(4, 3, padding="same", activation="relu"),
        L.BatchNormalization(),
        L.MaxPooling2D(2),
        L.Conv2D(3, 2, strides=1),
        L.Activation("tanh"),
        L.Flatten(),
        L.Dense(7, activation="relu"),
        L.BatchNormalization(momentum=0.9, epsilon=1e-4),
        L.Dropout(0.25),
        L.Dense(4, activation="softmax"),
    ]


def normalized_flatten():
    """What stands behind a flatten keeps its order: a normalisation and an activation before the dense layer."""
    return [
        L.Input((4, 3, 2)),
        L.Conv2D(3, 2),
        L.Flatten(),
        L.BatchNormalization(),
        leaky(0.1),
        L.Dropout(0.1),
        L.Dense(3),
    ]


def uneven():
    return [
        L.Input((9, 7, 3)),
        L.Conv2D(4, (3, 2), strides=(2, 1), padding="same", use_bias=False, activation="softplus"),
        L.AveragePooling2D((2, 3), strides=(1, 2), padding="same"),
        L.Conv2D(2, (2, 1), activation="softsign"),
        L.Flatten(),
        L.Dense(2),
    ]


def series():
    return [
        L.Input((12, 3)),
        L.Conv1D(4, 3, padding="same", activation="relu"),
        L.BatchNormalization(),
        L.MaxPooling1D(2),
        L.Conv1D(5, 2, strides=2),
        L.AveragePooling1D(2, strides=1),
        L.Flatten(),
        L.Dense(2),
    ]


def activations():
    return [
        L.Input((6,)),
        L.Dense(6),
        leaky(0.2),
        L.Dense(6),
        L.ELU(1.0),
        L.Dense(6),
        L.ReLU(),
        L.Dense(6),
        L.ReLU(negative_slope=0.3),
        L.Dense(6),
        L.Activation("softplus"),
        L.Dense(4),
        L.Softmax(),
    ]


def autoencoder():
    return [L.Input((6,)), L.Dense(4, activation="tanh"), L.Dense(2, name="code"), L.Dense(4, activation="tanh"), L.Dense(6)]


def decoder():
    """Units that a reshape lays out as images: what stands between keeps their order."""
    return [
        L.Input((3,)),
        L.Dense(24),
        L.BatchNormalization(),
        L.Activation("tanh"),
        L.Reshape((3, 2, 4)),
        L.UpSampling2D((2, 3)),
        L.Conv2D(2, 3, padding="same"),
        L.Flatten(),
        L.Dense(2),
    ]


def logistic():
    return [L.Input((3,)), L.Dense(1, activation="sigmoid")]


def course():
    """The course's convolutional network, narrow."""
    result = [L.Input((12, 12, 1))]
    for filters in (2, 3):
        for _ in range(2):
            result += [L.Conv2D(filters, 3, padding="same"), L.Activation("relu"), L.BatchNormalization()]
        result += [L.MaxPooling2D(2), L.Dropout(0.25)]
    return result + [L.Flatten(name="features"), L.Dense(8), L.Activation("relu"), L.BatchNormalization(), L.Dropout(0.5), L.Dense(10), L.Activation("softmax")]


def channels_first():
    return [
        L.Input((2, 6, 5)),
        L.Conv2D(3, 3, padding="same", activation="relu", data_format="channels_first"),
        L.BatchNormalization(axis=1),
        L.MaxPooling2D(2, data_format="channels_first"),
        L.Flatten(),
        L.Dense(3, activation="softmax"),
    ]


def channels_first_moved():
    """Here Keras's flatten brings the channels to the end."""
    return [
        L.Input((2, 6, 5)),
        L.AveragePooling2D(2, data_format="channels_first"),
        L.Conv2D(3, 2, data_format="channels_first"),
        L.Flatten(data_format="channels_first"),
        L.Dense(3),
    ]


def functional(layers):
    at = layers[0]
    for layer in layers[1:]:
        at = layer(at)
    return keras.Model(layers[0], at)


def randomize(model, seed):
    random = np.random.RandomState(seed)
    for layer in model.layers:
        weights = []
        for i, weight in enumerate(layer.get_weights()):
            if isinstance(layer, L.BatchNormalization) and i in (0, 3):
                weights.append(random.uniform(0.5, 1.5, weight.shape))
            else:
                weights.append(random.normal(0, 0.5, weight.shape))
        layer.set_weights([w.astype("float32") for w in weights])


def counts(model):
    trainable = int(sum(np.prod(w.shape) for w in model.trainable_weights))
    return {"total": int(model.count_params()), "trainable": trainable}


def describe(name, model, seed):
    shape = tuple(model.input_shape[1:])
    inputs = np.random.RandomState(seed + 1).normal(0, 1, (3,) + shape).astype("float32").round(3)
    outputs = np.asarray(model.predict(inputs, verbose=0))
    text = {
        "keras": keras.__version__,
        "parameters": counts(model),
        "channelsFirst": "channels_first" in name,
        "inputShape": list(shape),
        "inputs": [round(float(x), 3) for x in inputs.reshape(-1)],
        "outputs": [float("%.9g" % x) for x in outputs.reshape(-1)],
    }
    with open(os.path.join(FOLDER, name + ".json"), "w") as out:
        json.dump(text, out)


def deflate(path):
    """The same archive, compressed: mostly zeros, which HDF5 leaves between its parts."""
    with zipfile.ZipFile(path) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def links(folder):
    """Weights that lie elsewhere: what an importer must not follow."""
    os.makedirs(folder, exist_ok=True)
    with h5py.File(os.path.join(folder, "links.weights.h5"), "w") as out:
        variables = out.create_group("layers/dense/vars")
        variables["0"] = h5py.ExternalLink("../keras3/secret.h5", "/layers/dense/vars/0")
        variables["1"] = h5py.SoftLink("/nowhere")
        out["padding"] = np.zeros(200, "float32")


CASES = [xor, mlp, cnn, normalized_flatten, uneven, series, activations, autoencoder, logistic, course]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    cases = CASES + [decoder, channels_first, channels_first_moved] if MAJOR == 3 else [xor, mlp, cnn, series, activations]
    only = sys.argv[1:]
    for seed, case in enumerate(cases):
        if only and case.__name__ not in only:
            continue
        keras.backend.clear_session()
        name = case.__name__.replace("_first_moved", "_first-moved")
        model = keras.Sequential(case())
        randomize(model, seed)
        describe(name, model, seed)
        path = os.path.join(FOLDER, name)
        if MAJOR == 3:
            model.save(path + ".keras")
        else:
            model.save(path + ".h5")
        if case in (cnn, series):
            with open(path + ".architecture.json", "w") as out:
                out.write(model.to_json())
            model.save_weights(path + ".weights.h5")
            if MAJOR == 2:
                model.save_weights(path + ".old-weights.h5")
                model.save(path + ".keras")
                deflate(path + ".keras")
            else:
                model.save(path + ".h5")
    if only:
        return
    keras.backend.clear_session()
    model = functional(cnn())
    model.compile("adam", "categorical_crossentropy")
    randomize(model, 77)
    describe("functional", model, 77)
    model.save(os.path.join(FOLDER, "functional" + (".keras" if MAJOR == 3 else ".h5")))
    if MAJOR == 3:
        with open(os.path.join(FOLDER, "mlp.architecture.json"), "w") as out:
            out.write(keras.Sequential(mlp()).to_json())
        links(os.path.join(HERE, "hostile"))
        import training_fixtures

        training_fixtures.write(FOLDER, randomize)
        for name in os.listdir(FOLDER):
            # Two stay as Keras wrote them.
            if name.endswith(".keras") and name not in ("cnn.keras", "functional.keras"):
                deflate(os.path.join(FOLDER, name))


if __name__ == "__main__":
    sys.exit(main())
