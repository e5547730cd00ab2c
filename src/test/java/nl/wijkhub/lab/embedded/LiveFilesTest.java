package nl.wijkhub.lab.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFilesTest {

    @Test
    void a_file_or_folder_removed_during_the_walk_is_left_out(@TempDir Path folder) throws Exception {
        Path kept = Files.writeString(
                Files.createDirectories(folder.resolve("base/5")).resolve("kept"), "kept");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                while (!done.get()) {
                    Path temporary = Files.createDirectories(folder.resolve("base/temporary"));
                    for (int i = 0; i < 20; i++) {
                        Files.createFile(temporary.resolve("t" + i));
                    }
                    for (int i = 0; i < 20; i++) {
                        Files.delete(temporary.resolve("t" + i));
                    }
                    Files.delete(temporary);
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try {
            for (int i = 0; i < 500; i++) {
                assertThat(LiveFiles.below(folder)).contains(kept);
            }
        } finally {
            done.set(true);
            writer.get();
        }
    }
}
