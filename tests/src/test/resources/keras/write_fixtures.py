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


def slopes(shared):
    initial = keras.initializers.RandomNormal(0, 0.3)
    return L.PReLU(alpha_initializer=initial, shared_axes=shared)


def layers_1d():
    """Noise, places, slopes and global pooling over a series."""
    return [
        L.Input((7, 3)),
        L.GaussianNoise(0.2),
        L.ZeroPadding1D((2, 1)),
        L.Conv1D(4, 3),
        slopes([1]),
        L.UpSampling1D(2),
        L.Conv1D(5, 2),
        slopes(None),
        L.GaussianDropout(0.3),
        L.GlobalMaxPooling1D(),
        L.Dense(4),
        slopes(None),
        L.Dense(2),
    ]


def layers_2d():
    """The same over images, and normalisations without one of their parts."""
    return [
        L.Input((5, 4, 2)),
        L.ZeroPadding2D(((1, 2), (0, 1))),
        L.Conv2D(3, 2),
        slopes(None),
        L.BatchNormalization(center=False),
        L.Conv2D(4, 2),
        L.BatchNormalization(scale=False),
        L.ZeroPadding2D(1),
        L.BatchNormalization(center=False, scale=False),
        L.GlobalAveragePooling2D(),
        L.Dense(3),
    ]


def pixels():
    """Slopes behind a flatten lie as Keras lays it out."""
    return [L.Input((3, 4, 2)), L.Conv2D(2, 2), L.Flatten(), slopes(None), L.Dense(3)]


def means():
    return [L.Input((6, 2)), L.Conv1D(3, 2, activity_regularizer=keras.regularizers.L1(0.01)), L.GlobalAveragePooling1D(), L.Dense(4), leaky(0.1), L.Dense(2)]


def largest():
    return [L.Input((4, 5, 2)), L.Conv2D(3, 2, activation="tanh"), L.GlobalMaxPooling2D(), L.Dense(2, activation="softmax")]


def slopes_first():
    return [
        L.Input((2, 4, 3)),
        L.ZeroPadding2D(((1, 0), (0, 2)), data_format="channels_first"),
        L.Conv2D(3, 2, data_format="channels_first"),
        slopes(None),
        L.GlobalAveragePooling2D(data_format="channels_first"),
        L.Dense(3),
    ]


def shared_slopes():
    return [L.Input((5, 4, 2)), L.Conv2D(3, 2), slopes([1, 2]), L.MaxPooling2D(2), L.Flatten(), L.Dense(2)]


def shared_slopes_first():
    return [L.Input((2, 5, 4)), L.Conv2D(3, 2, data_format="channels_first"), slopes([2, 3]), L.GlobalMaxPooling2D(data_format="channels_first"), L.Dense(2)]


def residual():
    """Two ways round, of which the second was made first; a joint of pixels and a joint of features."""
    at = L.Input((6, 5, 2), name="picture")
    side = L.Conv2D(4, 1, name="side")(at)
    main = L.Conv2D(4, 3, padding="same", activation="relu", name="b")(at)
    main = L.BatchNormalization()(main)
    main = L.Conv2D(4, 3, padding="same", name="a")(main)
    both = L.Add(name="sum")([main, side])
    both = L.Activation("relu")(both)
    pooled = L.MaxPooling2D(2)(both)
    plain = L.AveragePooling2D(2)(at)
    joined = L.Concatenate(name="joined")([plain, pooled])
    wide = L.Flatten()(joined)
    narrow = L.GlobalAveragePooling2D()(both)
    features = L.Concatenate()([narrow, wide])
    return keras.Model(at, L.Dense(3, activation="softmax", name="classes")(features))


def added_rows():
    """A flatten and a dense layer added: the units lie as the flatten's values; and a reshape of another's units."""
    at = L.Input((3, 2, 4))
    flat = L.Flatten()(at)
    hidden = L.Dense(5, activation="tanh")(flat)
    wide = L.Dense(24)(hidden)
    wide = leaky(0.1)(wide)
    total = L.Add()([wide, flat])
    image = L.Reshape((3, 2, 4))(L.Dense(24)(hidden))
    image = L.Add()([image, at])
    image = L.Conv2D(2, 2)(image)
    return keras.Model(at, L.Dense(2)(L.Concatenate()([total, L.Flatten()(image)])))


def outputs():
    at = L.Input((5,))
    hidden = L.Dense(6, activation="relu", name="shared")(at)
    first = L.Dense(3, activation="softmax", name="kind")(L.Dropout(0.2)(hidden))
    second = L.Dense(2, name="place")(L.Dense(4, activation="tanh")(hidden))
    model = keras.Model(at, [first, second])
    model.compile("adam", ["categorical_crossentropy", "mse"])
    return model


def functional(layers):
    at = layers[0]
    for layer in layers[1:]:
        at = layer(at)
    return keras.Model(layers[0], at)


def randomize(model, seed, scale=0.5):
    random = np.random.RandomState(seed)
    for layer in model.layers:
        weights = []
        for i, weight in enumerate(layer.get_weights()):
            positive = ("gamma", "moving_variance", "running_var")
            if isinstance(layer, L.BatchNormalization) and any(layer.weights[i].name.split(":")[0].endswith(p) for p in positive):
                weights.append(random.uniform(0.5, 1.5, weight.shape))
            else:
                weights.append(random.normal(0, scale, weight.shape))
        layer.set_weights([w.astype("float32") for w in weights])


def counts(model):
    trainable = int(sum(np.prod(w.shape) for w in model.trainable_weights))
    return {"total": int(model.count_params()), "trainable": trainable}


def describe(name, model, seed):
    shape = tuple(model.input_shape[1:])
    inputs = np.random.RandomState(seed + 1).normal(0, 1, (3,) + shape).astype("float32").round(3)
    outputs = model.predict(inputs, verbose=0)
    if isinstance(outputs, list):
        outputs = np.concatenate(outputs, axis=1)
    outputs = np.asarray(outputs)
    text = {
        "keras": keras.__version__,
        "parameters": counts(model),
        "channelsFirst": "channels_first" in name or name.endswith("_first"),
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


NEW = [layers_1d, layers_2d, pixels, means, largest, slopes_first]
LATER = [shared_slopes, shared_slopes_first]
GRAPHS = [residual, added_rows, outputs]


def write_new(only):
    """Later cases, with seeds of their own, so that those before stay as they are."""
    for seed, case in enumerate(NEW + GRAPHS + LATER):
        if (only and case.__name__ not in only) or (MAJOR == 2 and case in (slopes_first, shared_slopes_first)):
            continue
        keras.backend.clear_session()
        model = case() if case in GRAPHS else keras.Sequential(case())
        randomize(model, 500 + seed, 0.2 if case in GRAPHS else 0.5)
        describe(case.__name__, model, 500 + seed)
        path = os.path.join(FOLDER, case.__name__)
        if MAJOR == 2 or case in (residual, outputs):
            model.save(path + ".h5")
        if MAJOR == 3:
            model.save(path + ".keras")
            deflate(path + ".keras")
        if case is residual:
            with open(path + ".architecture.json", "w") as out:
                out.write(model.to_json())
            model.save_weights(path + ".weights.h5")
    if MAJOR == 3 and not only:
        import training_fixtures

        training_fixtures.write(FOLDER, randomize, training_fixtures.LATER, 50)
        for name, *_ in training_fixtures.LATER:
            for when in ("before", "after", "end"):
                deflate(os.path.join(FOLDER, "step-%s.%s.keras" % (name, when)))
    if not only:
        refused()


def refused():
    """Architectures that a network here cannot be."""
    folder = os.path.join(HERE, "hostile")
    one, other = L.Input((3,), name="one"), L.Input((3,), name="other")
    several = keras.Model([one, other], L.Dense(2)(L.Add()([one, other])))
    at = L.Input((3,), name="one")
    shared = L.Dense(3, name="shared")
    twice = keras.Model(at, L.Dense(1)(shared(shared(at))))
    inner = keras.Sequential([L.Input((3,)), L.Dense(2)], name="inner")
    inside = keras.Model(at, L.Dense(1)(inner(at)))
    hidden = L.Dense(4, name="hidden")(at)
    read = keras.Model(at, [hidden, L.Dense(1)(hidden)])
    product = keras.Model(at, L.Dense(1)(L.Multiply(name="product")([L.Dense(3)(at), at])))
    for name, model in [("several", several), ("twice", twice), ("inside", inside), ("read", read), ("product", product)]:
        with open(os.path.join(folder, "graph-%s.keras%d.json" % (name, MAJOR)), "w") as out:
            out.write(model.to_json())


def main():
    if "new" in sys.argv:
        os.makedirs(FOLDER, exist_ok=True)
        return write_new([name for name in sys.argv[1:] if name != "new"])
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
    write_new([])
    if MAJOR == 3:
        import training_fixtures

        training_fixtures.write(FOLDER, randomize)
        for name in os.listdir(FOLDER):
            # Two stay as Keras wrote them.
            if name.endswith(".keras") and name not in ("cnn.keras", "functional.keras"):
                deflate(os.path.join(FOLDER, name))


if __name__ == "__main__":
    sys.exit(main())
