package dev.starling.tests.course;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * Makes {@code conf/data/course}: the truth tables, and stand-ins for data of the notes that are not at hand, each by a seed of its own. Run from a checkout it writes the files again:
 * {@code java tests/src/test/java/dev/starling/tests/course/CourseData.java conf/data/course}.
 */
final class CourseData {
    private CourseData() {}

    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.write(Path.of(args[0]).resolve(file.getKey()), bytes(file.getKey(), file.getValue()));
        }
    }

    private static byte[] bytes(String name, String text) throws IOException {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        if (!name.endsWith(".gz")) {
            return plain;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Contents by names; of what ends in {@code .gz}, before it is compressed. */
    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put("or.csv", "x1,x2,or\n0,0,0\n0,1,1\n1,0,1\n1,1,1\n");
        files.put("and.csv", "x1,x2,and\n0,0,0\n0,1,0\n1,0,0\n1,1,1\n");
        files.put("interleaved.csv", interleaved(90, 0.12, new Random(90)));
        files.put("moons.csv", interleaved(400, 0.25, new Random(18)));
        files.put("clouds.csv", clouds(200, new Random(17)));
        files.put("line.csv", function(60, 0, 10, 0.8, x -> 2 + 0.7 * x, new Random(35)));
        files.put("sine.csv", function(60, 0, 6, 0.25, Math::sin, new Random(310)));
        files.put("waves.csv", function(600, 0, 6, 0, x -> Math.sin(4 * x), new Random(31)));
        files.put("few-among-many.csv", fewAmongMany(160, 60, new Random(317)));
        files.put("drift-old.csv", turned(800, 0, new Random(63)));
        files.put("drift-recent.csv", turned(40, 30, new Random(64)));
        files.put("drift-later.csv", turned(800, 30, new Random(65)));
        files.put("motions.csv.gz", motions(480, 5000, new Random(62)));
        return files;
    }

    /** Normal inputs on either side of a plane through 0, which is turned by so many degrees from the first input to the second. */
    private static String turned(int rows, double degrees, Random random) {
        StringBuilder csv = header(10);
        double angle = Math.toRadians(degrees);
        for (int row = 0; row < rows; row++) {
            double side = 0;
            for (int i = 0; i < 10; i++) {
                double x = Math.rint(random.nextGaussian() * 100) / 100;
                side += x * (i == 0 ? Math.cos(angle) : i == 1 ? Math.sin(angle) : 0);
                csv.append(x).append(',');
            }
            csv.append(side > 0 ? 1 : 0).append('\n');
        }
        return csv.toString();
    }

    /** Six kinds of motion. Each makes two in five of sixty sensors of its own fire; one in sixty-five of all others fires by chance: about 100 of 5000 inputs are not 0. */
    private static String motions(int rows, int inputs, Random random) {
        StringBuilder csv = header(inputs);
        int[][] own = new int[6][];
        for (int kind = 0; kind < own.length; kind++) {
            own[kind] = random.ints(60, 0, inputs).toArray();
        }
        for (int row = 0; row < rows; row++) {
            boolean[] fires = new boolean[inputs];
            for (int i = 0; i < inputs; i++) {
                fires[i] = random.nextInt(65) == 0;
            }
            for (int sensor : own[row % own.length]) {
                fires[sensor] |= random.nextDouble() < 0.4;
            }
            for (int i = 0; i < inputs; i++) {
                csv.append(fires[i] ? "1," : "0,");
            }
            csv.append("motion ").append(row % own.length + 1).append('\n');
        }
        return csv.toString();
    }

    private static StringBuilder header(int inputs) {
        StringBuilder csv = new StringBuilder();
        for (int i = 1; i <= inputs; i++) {
            csv.append('x').append(i).append(',');
        }
        return csv.append("class\n");
    }

    /** Two half circles that reach into each other, the second 10 units above and three times as wide in y: so inputs need to be standardised. */
    private static String interleaved(int rows, double noise, Random random) {
        StringBuilder csv = new StringBuilder("x1,x2,class\n");
        for (int i = 0; i < rows; i++) {
            int kind = i % 2;
            double angle = Math.PI * random.nextDouble();
            double x = (kind == 0 ? Math.cos(angle) : 1 - Math.cos(angle)) + noise * random.nextGaussian();
            double y = (kind == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle)) + noise * random.nextGaussian();
            csv.append(row(x, 10 + 3 * y)).append(',').append(kind).append('\n');
        }
        return csv.toString();
    }

    /** Two normal clouds, their means four standard deviations apart. */
    private static String clouds(int rows, Random random) {
        StringBuilder csv = new StringBuilder("x1,x2,class\n");
        for (int i = 0; i < rows; i++) {
            int kind = i % 2;
            csv.append(row(3 * kind + random.nextGaussian(), 2.6 * kind + random.nextGaussian()))
                    .append(',')
                    .append(kind)
                    .append('\n');
        }
        return csv.toString();
    }

    private static String function(
            int rows, double from, double to, double noise, DoubleUnaryOperator function, Random random) {
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int i = 0; i < rows; i++) {
            double x = from + (to - from) * random.nextDouble();
            csv.append(row(x, function.applyAsDouble(x) + noise * random.nextGaussian()))
                    .append('\n');
        }
        return csv.toString();
    }

    /** The class is told by three of many inputs, with one label in ten turned round: a network that is free to learns the others by heart. */
    private static String fewAmongMany(int rows, int inputs, Random random) {
        StringBuilder csv = header(inputs);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = 0; i < inputs; i++) {
                double x = random.nextGaussian();
                sum += i < 3 ? x : 0;
                csv.append(String.format(Locale.ROOT, "%.4f,", x));
            }
            boolean turned = random.nextDouble() < 0.1;
            csv.append(sum > 0 != turned ? 1 : 0).append('\n');
        }
        return csv.toString();
    }

    private static String row(double first, double second) {
        return String.format(Locale.ROOT, "%.4f,%.4f", first, second);
    }
}
