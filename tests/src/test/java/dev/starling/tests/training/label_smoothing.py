"""What real Keras gives for KerasLabelSmoothingTest: six rows, one dense layer from zeros, plain SGD, three epochs of the whole set. Run: python label_smoothing.py; any Keras 2 or 3."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

X = np.array([[1, 0], [0.5, -1], [-1, 2], [0, 1], [2, 1], [-0.5, -0.5]], "float32")
THREE = np.eye(3, dtype="float32")[[0, 1, 2, 0, 1, 2]]
TWO = np.array([[0], [1], [1], [0], [1], [0]], "float32")


def run(name, units, activation, loss, targets):
    model = keras.Sequential([keras.layers.Dense(units, activation=activation, kernel_initializer="zeros", input_shape=(2,))])
    model.compile(keras.optimizers.SGD(0.5), loss, metrics=["accuracy"])
    history = model.fit(X[:4], targets[:4], batch_size=4, epochs=3, validation_data=(X[4:], targets[4:]), verbose=0)
    print(name, "loss", history.history["loss"], "val_loss", history.history["val_loss"])
    print("  kernel, bias", [w.flatten().tolist() for w in model.get_weights()])


print("TensorFlow", tf.__version__)
run("categorical", 3, "softmax", keras.losses.CategoricalCrossentropy(label_smoothing=0.3), THREE)
run("binary", 1, "sigmoid", keras.losses.BinaryCrossentropy(label_smoothing=0.3), TWO)
