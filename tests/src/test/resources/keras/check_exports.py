"""Loads what export-keras wrote into real Keras and compares predictions: python check_exports.py FOLDER. Once with Keras 3 and once with Keras 2.

FOLDER holds NAME.keras, NAME.json with NAME.weights.h5, and NAME.h5 for each fixture keras3/NAME that was imported and exported again.
"""
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def load(path):
    if path.endswith(".json"):
        with open(path) as text:
            model = keras.models.model_from_json(text.read())
        model.load_weights(path[: -len(".json")] + ".weights.h5")
        return model
    return keras.models.load_model(path)  # compiled as the run was


def main(folder):
    # Of the newer weights Keras 2 asks for a group that the library which writes them cannot leave empty.
    endings = [".keras", ".json", ".h5"] if keras.__version__.startswith("3") else [".h5"]
    worst = 0
    names = sorted(name[: -len(".json")] for name in os.listdir(folder) if name.endswith(".json"))
    for name in names:
        with open(os.path.join(HERE, "keras3", name + ".json")) as text:
            facts = json.load(text)
        inputs = np.array(facts["inputs"], "float32").reshape([-1] + facts["inputShape"])
        if facts["channelsFirst"]:
            inputs = np.moveaxis(inputs, 1, -1)
        expected = np.array(facts["outputs"]).reshape(len(inputs), -1)
        for ending in endings:
            keras.backend.clear_session()
            model = load(os.path.join(folder, name + ending))
            outputs = model.predict(inputs, verbose=0)
            outputs = np.concatenate(outputs, axis=1) if isinstance(outputs, list) else np.asarray(outputs)
            difference = float(np.abs(outputs.reshape(len(inputs), -1) - expected).max())
            same = int(model.count_params()) == facts["parameters"]["total"]
            worst = max(worst, difference)
            print("| %s | %s | %s | %.1e | %s |" % (keras.__version__, name, ending, difference, "equal" if same else "UNEQUAL"))
            if difference > 1e-5 or not same:
                sys.exit("Cannot agree on %s%s" % (name, ending))
    print("Keras %s: %d networks, largest difference %.1e" % (keras.__version__, len(names), worst))


if __name__ == "__main__":
    main(sys.argv[1])
