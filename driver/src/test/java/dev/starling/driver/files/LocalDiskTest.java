package dev.starling.driver.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
    @TempDir
    private Path folder;

    @Test
    void permissionsAreThoseOfHadoopsOwn() throws IOException {
        for (String umask : List.of("022", "077")) {
            assertThat(permissions(new LocalDisk(), umask, "ours" + umask))
                    .isEqualTo(permissions(new RawLocalFileSystem(), umask, "theirs" + umask));
        }
        LocalDisk disk = new LocalDisk();
        disk.initialize(URI.create("file:///"), new Configuration());
        Path file = Files.createFile(folder.resolve("file"));
        disk.setPermission(new org.apache.hadoop.fs.Path(file.toUri()), new FsPermission("0640"));
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.GROUP_READ);
    }

    private List<Set<PosixFilePermission>> permissions(FileSystem files, String umask, String name) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.permissions.umask-mode", umask);
        files.initialize(URI.create("file:///"), configuration);
        Path made = folder.resolve(name);
        files.create(new org.apache.hadoop.fs.Path(made + "/a/b.txt"), true).close();
        return List.of(
                Files.getPosixFilePermissions(made),
                Files.getPosixFilePermissions(made.resolve("a")),
                Files.getPosixFilePermissions(made.resolve("a/b.txt")));
    }

    @Test
    void noProcessIsStartedToWriteAFile() throws IOException {
        StoreFiles files = StoreFiles.at(folder.resolve("store").toUri(), new Configuration());
        Path recorded = folder.resolve("recorded.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.start();
            files.child("trials").child("7").write("metrics.json", "{}".getBytes(StandardCharsets.UTF_8));
            recording.stop();
            recording.dump(recorded);
        }

        assertThat(RecordingFile.readAllEvents(recorded)).isEmpty();
        assertThat(folder.resolve("store/trials/7/metrics.json")).hasContent("{}");
    }
}
