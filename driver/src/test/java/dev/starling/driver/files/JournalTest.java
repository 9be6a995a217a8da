package dev.starling.driver.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    /** As an object store: a file, once written, is only replaced. */
    public static final class WithoutAppend extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("fixed:///");
        }

        @Override
        public boolean hasPathCapability(org.apache.hadoop.fs.Path path, String capability) {
            return false;
        }

        @Override
        public FSDataOutputStream append(org.apache.hadoop.fs.Path path, int buffer, Progressable progress) {
            throw new UnsupportedOperationException("append");
        }
    }

    @TempDir
    private Path folder;

    private final Configuration configuration = new Configuration();

    @BeforeEach
    void knowTheOtherFileSystem() {
        configuration.set("fs.fixed.impl", WithoutAppend.class.getName());
    }

    private StoreFiles files(String scheme) {
        return StoreFiles.at(URI.create(scheme + "://" + folder), configuration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "fixed"})
    void aLineIsThereForOthersBeforeTheJournalIsClosed(String scheme) {
        StoreFiles files = files(scheme);
        try (Journal journal = Journal.open(files)) {
            assertThat(journal.past()).isEmpty();
            journal.append("{\"a\": 1}");
            assertThat(Journal.read(files)).containsExactly("{\"a\": 1}");
            journal.append("é");
            assertThat(Journal.read(files)).containsExactly("{\"a\": 1}", "é");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "fixed"})
    void aWriterThatIsGoneIsFollowedByAnother(String scheme) {
        StoreFiles files = files(scheme);
        List<String> lines = IntStream.range(0, 950).mapToObj(i -> "line " + i).toList();
        for (int from = 0; from < lines.size(); from += 450) {
            Journal journal = Journal.open(files); // never closed, as after kill -9
            assertThat(journal.past()).isEqualTo(lines.subList(0, from));
            lines.subList(from, Math.min(from + 450, lines.size())).forEach(journal::append);
        }

        assertThat(Journal.read(files)).isEqualTo(lines);
    }

    @Test
    void withoutAppendLinesGatherInFewFiles() {
        StoreFiles files = files("fixed");
        try (Journal journal = Journal.open(files)) {
            IntStream.range(0, 401).forEach(i -> journal.append("line " + i));
        }

        assertThat(files.lengths().keySet())
                .containsExactly("journal-000001.jsonl", "journal-000002.jsonl", "journal-000003.jsonl");
    }

    @Test
    void halfALineAtTheEndIsDropped() throws IOException {
        Files.writeString(folder.resolve("journal.jsonl"), "whole\n{\"torn\": ");
        try (Journal journal = Journal.open(files("file"))) {
            assertThat(journal.past()).containsExactly("whole");
            journal.append("next");
        }

        assertThat(folder.resolve("journal.jsonl")).hasContent("whole\nnext\n");
    }

    @Test
    void aJournalThatWasBeingReplacedIsNotLost() throws IOException {
        Files.writeString(folder.resolve(".journal.jsonl.tmp"), "first\n");

        assertThat(Journal.read(files("file"))).containsExactly("first");
    }

    @Test
    void segmentsFromElsewhereAreTakenOver() throws IOException {
        Files.writeString(folder.resolve("journal-000001.jsonl"), "1\n");
        Files.writeString(folder.resolve("journal-000002.jsonl"), "2\n");
        Journal.open(files("file")).close();

        assertThat(folder.resolve("journal.jsonl")).hasContent("1\n2\n");
        assertThat(files("file").lengths().keySet()).containsExactly("journal.jsonl");
    }
}
