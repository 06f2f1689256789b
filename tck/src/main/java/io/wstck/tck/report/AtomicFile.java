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
 * Writes a file as a whole: under a temporary name in the same folder first, then it is moved into place. A reader sees the earlier content
 * or the new one, and the earlier one stays when writing fails. Stateless.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file. */
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param out buffered; stays open
         * @throws IOException if it cannot be written; the old content then stays
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Replaces {@code file}, or makes it. A link keeps pointing to its target, which is replaced. What is no regular file, such as a pipe or
     * a device, is written to directly, and so is a file in a folder that is read-only.
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
     * Makes {@code file}.
     *
     * @throws FileAlreadyExistsException if there is something of that name
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

    /** Several processes, and several threads of one, may write the same file at the same time. */
    private static Path part(Path file) {
        return file.resolveSibling("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "." + Thread.currentThread().threadId() + ".part");
    }

    private static void write(Path file, Content content) throws IOException {
        // Not a channel's stream, which closes when this thread is interrupted, as by a second Ctrl-C.
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(file.toFile()))) {
            content.write(out);
        }
    }
}
