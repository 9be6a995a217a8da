import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Makes one jar of a class path, as the build of jobs calls it: compressed entries are copied as they are, the first of
 * a name wins, the files of META-INF/services are joined, signatures are dropped. The jar takes the time at which the
 * build began, so that a source saved during the build is newer than it, and replaces an older jar by a rename.
 */
final class OneJar {
    private static final Pattern DROPPED = Pattern.compile(
            "META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]*\\.(SF|DSA|RSA)|versions/.*)|module-info\\.class|.*/");
    private static final String SERVICES = "META-INF/services/";

    private final ZipArchiveOutputStream out;
    private final Set<String> written = new HashSet<>();
    private final Map<String, ByteArrayOutputStream> services = new TreeMap<>();

    private OneJar(ZipArchiveOutputStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        Path aside = target.resolveSibling(target.getFileName() + ".part");
        try (var out = new ZipArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(aside), 1 << 20))) {
            OneJar jar = new OneJar(out);
            jar.manifest(args[2], args[3] + commit());
            for (String element : args[4].split(File.pathSeparator)) {
                jar.add(Path.of(element));
            }
            jar.services();
        }
        Files.setLastModifiedTime(aside, FileTime.from(Instant.parse(args[1])));
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** {@code +<commit>}, with {@code .modified} where files differ from it; nothing outside a git checkout. */
    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--exclude=*", "--abbrev=12", "--dirty=.modified")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return commit.isEmpty() ? "" : "+" + commit;
        } catch (IOException noGit) {
            return "";
        }
    }

    private void manifest(String mainClass, String version) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
        attributes.put(Attributes.Name.IMPLEMENTATION_TITLE, "Starling");
        attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        var bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        write("META-INF/MANIFEST.MF", bytes.toByteArray());
    }

    private void add(Path element) throws IOException {
        if (Files.isDirectory(element)) {
            addFolder(element);
        } else if (Files.exists(element)) {
            addJar(element);
        }
    }

    private void addFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = new ArrayList<>(walk.filter(Files::isRegularFile).sorted().toList());
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            if (takes(name, Files.readAllBytes(file))) {
                write(name, Files.readAllBytes(file));
            }
        }
    }

    private void addJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar)) {
            for (var entries = zip.getEntriesInPhysicalOrder(); entries.hasMoreElements(); ) {
                ZipArchiveEntry entry = entries.nextElement();
                boolean service = entry.getName().startsWith(SERVICES);
                if (takes(entry.getName(), service ? bytes(zip, entry) : new byte[0])) {
                    try (InputStream raw = zip.getRawInputStream(entry)) {
                        out.addRawArchiveEntry(entry, raw);
                    }
                }
            }
        }
    }

    private static byte[] bytes(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** Whether the entry is to be written now: not when it is dropped, there already, or kept for the services. */
    private boolean takes(String name, byte[] content) {
        if (DROPPED.matcher(name).matches()) {
            return false;
        }
        if (name.startsWith(SERVICES)) {
            ByteArrayOutputStream joined = services.computeIfAbsent(name, unused -> new ByteArrayOutputStream());
            joined.writeBytes(content);
            joined.write('\n');
            return false;
        }
        return written.add(name);
    }

    private void services() throws IOException {
        for (var service : services.entrySet()) {
            write(service.getKey(), service.getValue().toByteArray());
        }
    }

    private void write(String name, byte[] content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        new ByteArrayInputStream(content).transferTo(out);
        out.closeArchiveEntry();
    }
}
