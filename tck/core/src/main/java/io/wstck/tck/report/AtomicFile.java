package io.wstck.tck.report;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file under a temporary name in the same folder, then moves it into place. A reader sees the old content or
 * the new one. If writing fails, the old content stays. Stateless.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file. */
    public interface Content {
        /**
         * Writes the whole content.
         *
         * @param out buffered; stays open
         * @throws IOException if it cannot be written; the old content then stays
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Replaces or creates {@code file}. For a symbolic link the target is replaced. Pipes, devices and files in
     * read-only folders are written directly.
     *
     * @throws IOException if it cannot be written
     */
    public static void replace(Path file, Content content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        boolean special = Files.exists(target) && !Files.isRegularFile(target);
        if (special || !Files.isWritable(folder(target))) {
            write(target, content);
            return;
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new IOException("expected a file that can be written at " + file + ", found a read-only one");
        }
        Path part = part(target);
        try {
            write(part, content);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Creates {@code file}.
     *
     * @throws FileAlreadyExistsException if a file of that name exists
     * @throws IOException if it cannot be written
     */
    public static void create(Path file, Content content) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path part = part(file);
        try {
            write(part, content);
            Files.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().getParent();
    }

    /** A name for this process and thread, because several may write the same file at the same time. */
    private static Path part(Path file) {
        return file.resolveSibling("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "." + Thread.currentThread().threadId() + ".part");
    }

    private static void write(Path file, Content content) throws IOException {
        // Not a channel's stream: that closes when this thread is interrupted, for example by a second Ctrl-C.
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(file.toFile()))) {
            content.write(out);
        }
    }
}
