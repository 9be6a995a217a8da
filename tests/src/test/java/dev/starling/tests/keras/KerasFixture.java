package dev.starling.tests.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.driver.keras.KerasFile;
import dev.starling.jobs.keras.KerasImport;
import dev.starling.tests.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What real Keras wrote: a model's files, and inputs with what it made of them. */
record KerasFixture(JsonNode facts) {
    static final Path FOLDER = Checkout.path("tests/src/test/resources/keras");

    /** @param name such as {@code keras3/cnn} */
    static KerasFixture of(String name) {
        try {
            return new KerasFixture(new ObjectMapper().readTree(Files.readString(FOLDER.resolve(name + ".json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param files a model, and its weights where it has none: {@code keras3/cnn.keras}, {@code keras3/cnn.architecture.json + keras3/cnn.weights.h5} */
    static KerasImport load(String files) {
        String[] names = files.split(" \\+ ", -1);
        Optional<byte[]> weights = names.length == 2 ? Optional.of(bytes(names[1])) : Optional.empty();
        return KerasImport.of(
                KerasFile.open(bytes(names[0]), names[0], weights, names[names.length - 1]), "fixture", names[0]);
    }

    float[] numbers(String key) {
        JsonNode array = facts.get(key);
        float[] numbers = new float[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) array.get(i).asDouble();
        }
        return numbers;
    }

    List<Integer> inputShape() {
        List<Integer> sizes = new ArrayList<>();
        facts.get("inputShape").forEach(size -> sizes.add(size.asInt()));
        return sizes;
    }

    /** The inputs as a step takes them: channels first. */
    float[] features() {
        float[] keras = numbers("inputs");
        List<Integer> shape = inputShape();
        if (facts.path("channelsFirst").asBoolean() || shape.size() == 1) {
            return keras;
        }
        int channels = shape.get(shape.size() - 1);
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        float[] ours = new float[keras.length];
        for (int i = 0; i < keras.length; i++) {
            int within = i % size;
            ours[i - within + within % channels * (size / channels) + within / channels] = keras[i];
        }
        return ours;
    }
}
