package dev.starling.driver.keras;

import dev.starling.worker.InvalidInput;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An HDF5 file in memory, read by paths. A damaged file, and one that points to others, is an {@link InvalidInput}. */
final class Hdf5 implements AutoCloseable {
    private final HdfFile file;
    private final String place;

    private Hdf5(HdfFile file, String place) {
        this.file = file;
        this.place = place;
    }

    /** @param place the file, for messages */
    static Hdf5 open(String place, byte[] bytes) {
        return new Hdf5(guarded(place, () -> HdfFile.fromBytes(bytes)), place);
    }

    static boolean isOne(byte[] bytes) {
        return bytes.length > 8
                && bytes[0] == (byte) 0x89
                && bytes[1] == 'H'
                && bytes[2] == 'D'
                && bytes[3] == 'F'
                && bytes[4] == '\r'
                && bytes[5] == '\n';
    }

    boolean has(String path) {
        return find(path).isPresent();
    }

    /** An attribute of text; {@code path} empty for the root. */
    Optional<String> text(String path, String attribute) {
        List<String> texts = texts(path, attribute);
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(0));
    }

    /** An attribute of several texts, which Keras cuts into pieces {@code name0}, {@code name1}, … where they are many; none if it is not there. */
    List<String> texts(String path, String attribute) {
        Optional<Node> node = find(path);
        if (node.isEmpty()) {
            return List.of();
        }
        return guarded(place, () -> {
            List<String> found = new ArrayList<>(strings(node.get().getAttribute(attribute)));
            if (found.isEmpty()) {
                for (int i = 0; ; i++) {
                    Attribute piece = node.get().getAttribute(attribute + i);
                    if (piece == null) {
                        break;
                    }
                    found.addAll(strings(piece));
                }
            }
            return found;
        });
    }

    private static List<String> strings(Attribute attribute) {
        if (attribute == null || attribute.isEmpty()) {
            return List.of();
        }
        Object data = attribute.getData();
        if (data instanceof String text) {
            return List.of(text);
        }
        return data instanceof String[] several ? Arrays.asList(several) : List.of();
    }

    /** How many things a group holds; 0 if there is no such group. */
    int count(String path) {
        return find(path)
                .filter(Group.class::isInstance)
                .map(node -> guarded(place, () -> ((Group) node).getChildren().size()))
                .orElse(0);
    }

    /**
     * An array of floats.
     *
     * @param expected its shape, compared before anything is read
     * @param what whose array it is, for messages
     */
    KerasArray array(String path, List<Integer> expected, String what) {
        Node node = find(path)
                .orElseThrow(() -> new InvalidInput(
                        "Cannot read " + place + ": no " + path + " in it (expected the weights of " + what + ")"));
        return guarded(place, () -> {
            if (!(node instanceof Dataset data)) {
                throw new InvalidInput("Cannot read " + place + ": " + path + " is a group (expected an array)");
            }
            List<Integer> shape = Arrays.stream(data.getDimensions()).boxed().toList();
            if (!shape.equals(expected)) {
                throw new InvalidInput("Cannot import " + what + ": weights " + path + " of shape "
                        + KerasArray.text(shape) + " (expected " + KerasArray.text(expected) + ")");
            }
            return new KerasArray(shape, floats(data, path));
        });
    }

    /** Without its values. */
    List<Integer> shape(String path) {
        return find(path)
                .filter(Dataset.class::isInstance)
                .map(node -> guarded(place, () -> Arrays.stream(((Dataset) node).getDimensions())
                        .boxed()
                        .toList()))
                .orElse(List.of());
    }

    private float[] floats(Dataset data, String path) {
        Object values = data.getDataFlat();
        float[] floats;
        if (values instanceof float[] single && data.getAttribute("dtype") == null) {
            floats = single;
        } else if (values instanceof double[] wide) {
            floats = new float[wide.length];
            for (int i = 0; i < wide.length; i++) {
                floats[i] = (float) wide[i];
            }
        } else {
            throw new InvalidInput(
                    "Cannot read " + place + ": " + path + " holds no floats (expected float16, float32 or float64)");
        }
        for (float value : floats) {
            if (!Float.isFinite(value)) {
                throw new InvalidInput(
                        "Cannot read " + place + ": " + path + " holds " + value + " (expected finite weights)");
            }
        }
        return floats;
    }

    /** Step by step, so that no link leads out of the file. */
    private Optional<Node> find(String path) {
        Node at = file;
        for (String name : path.split("/", -1)) {
            if (name.isEmpty()) {
                continue;
            }
            if (!(at instanceof Group group)) {
                return Optional.empty();
            }
            Node child = guarded(place, () -> group.getChild(name));
            if (child == null) {
                return Optional.empty();
            }
            if (child.isLink()) {
                throw new InvalidInput("Cannot read " + place + ": " + path
                        + " is a link to another place (expected the weights themselves)");
            }
            at = child;
        }
        return Optional.of(at);
    }

    /** A damaged file may make the reader run out of anything: its sizes and addresses are whatever the bytes say. */
    private static <T> T guarded(String place, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidInput told) {
            throw told;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            String reason = damaged.getMessage() == null
                    ? damaged.getClass().getSimpleName()
                    : damaged.getMessage().lines().findFirst().orElse("");
            InvalidInput told = new InvalidInput(
                    "Cannot read " + place + ": " + reason + " (expected a whole HDF5 file as Keras writes it)");
            told.initCause(damaged);
            throw told;
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
