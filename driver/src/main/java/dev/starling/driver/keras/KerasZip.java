package dev.starling.driver.keras;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** A {@code .keras} archive in memory. Nothing of it is written to disk, and no entry is read beyond the size that it may have. */
final class KerasZip {
    static final String CONFIG = "config.json";
    static final String METADATA = "metadata.json";
    static final String WEIGHTS = "model.weights.h5";

    private static final int MAX_ENTRIES = 1000;
    private static final int MAX_TEXT = 64 << 20;
    private static final Set<String> KNOWN = Set.of(CONFIG, METADATA, WEIGHTS);

    private final byte[] bytes;
    private final String place;

    private KerasZip(byte[] bytes, String place) {
        this.bytes = bytes;
        this.place = place;
    }

    static boolean isOne(byte[] bytes) {
        return bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }

    /** @throws InvalidInput if entries are missing, too many, twice there, or named to lie outside the archive */
    static KerasZip open(byte[] bytes, String place) {
        KerasZip zip = new KerasZip(bytes, place);
        zip.reading(file -> {
            List<ZipArchiveEntry> entries = java.util.Collections.list(file.getEntries());
            if (entries.size() > MAX_ENTRIES) {
                throw zip.cannot(entries.size() + " entries", "at most " + MAX_ENTRIES);
            }
            Set<String> names = new HashSet<>();
            for (ZipArchiveEntry entry : entries) {
                zip.check(entry, names);
            }
            for (String needed : List.of(CONFIG, METADATA)) {
                if (!names.contains(needed)) {
                    throw zip.cannot("no " + needed + " in it", "an archive as Keras 3 writes it");
                }
            }
            return names;
        });
        return zip;
    }

    private void check(ZipArchiveEntry entry, Set<String> names) {
        String name = entry.getName().replace('\\', '/');
        if (name.startsWith("/")
                || name.matches("(?s)[A-Za-z]:.*")
                || List.of(name.split("/", -1)).contains("..")) {
            throw cannot("entry " + name + ", which leads out of the archive", "names within it");
        }
        if (!names.add(name)) {
            throw cannot("entry " + name + " twice", "every entry once");
        }
        if (entry.isUnixSymlink()) {
            throw cannot("entry " + name + ", a link", "files");
        }
        if (KNOWN.contains(name) && entry.getGeneralPurposeBit().usesEncryption()) {
            throw cannot("entry " + name + ", encrypted", "an archive as Keras 3 writes it");
        }
    }

    String config() {
        return text(CONFIG);
    }

    String metadata() {
        return text(METADATA);
    }

    private String text(String name) {
        return new String(entry(name, MAX_TEXT), StandardCharsets.UTF_8);
    }

    /** @param limit bytes that the weights may have at most */
    byte[] weights(long limit) {
        return entry(WEIGHTS, (int) Math.min(limit, Integer.MAX_VALUE - 16));
    }

    private byte[] entry(String name, int limit) {
        return reading(file -> {
            ZipArchiveEntry entry = file.getEntry(name);
            if (entry == null) {
                throw cannot("no " + name + " in it", "an archive as Keras 3 writes it");
            }
            // What the archive says of its sizes need not be true.
            try (InputStream in = file.getInputStream(entry)) {
                byte[] content = in.readNBytes(limit);
                if (in.read() >= 0) {
                    throw cannot(
                            "entry " + name + " is larger than " + limit + " bytes", "what the architecture needs");
                }
                CRC32 checksum = new CRC32();
                checksum.update(content);
                if (checksum.getValue() != entry.getCrc()) {
                    throw cannot("entry " + name + ", whose checksum is not its content's", "an undamaged archive");
                }
                return content;
            }
        });
    }

    private interface Use<T> {
        T of(ZipFile file) throws IOException;
    }

    private <T> T reading(Use<T> use) {
        try (ZipFile file = new ZipFile(new SeekableInMemoryByteChannel(bytes))) {
            return use.of(file);
        } catch (InvalidInput told) {
            throw told;
        } catch (IOException | RuntimeException | OutOfMemoryError damaged) {
            InvalidInput told = cannot(String.valueOf(damaged.getMessage()), "a whole archive as Keras 3 writes it");
            told.initCause(damaged);
            throw told;
        }
    }

    private InvalidInput cannot(String found, String expected) {
        return new InvalidInput("Cannot read " + place + ": " + found + " (expected " + expected + ")");
    }
}
