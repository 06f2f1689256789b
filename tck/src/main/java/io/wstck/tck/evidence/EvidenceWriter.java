package io.wstck.tck.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the evidence of a run as it goes: lines of JSON, compressed by gzip. Used by one thread at a time. The results must carry what they
 * were judged by, and are not held.
 */
public final class EvidenceWriter implements RunListener, AutoCloseable {
    /** Of the form; readers refuse what is newer. */
    static final int VERSION = 1;

    static final String STARTED = "evidence-started";
    static final String FINISHED = "evidence-finished";

    /** Of one case, before compression. Journals keep 32 MiB at most, mostly far less. */
    static final int MOST_OF_A_CASE = 4 << 20;

    /** Of a whole file, before compression: a run that is repeated ten thousand times must not fill a disk. */
    private static final long MOST_IN_ALL = 1L << 30;

    private final Path file;
    private final String spec;
    private final OutputStream out;
    private final CaseHashes hashes = new CaseHashes();
    private long written;
    private int kept;
    private int leftOut;

    private EvidenceWriter(Path file, String spec, OutputStream out) {
        this.file = file;
        this.spec = spec;
        this.out = out;
    }

    /**
     * Opens the file, and empties it.
     *
     * @param spec which edition of the clauses the run is judged by
     * @throws IOException if the file cannot be written
     */
    public static EvidenceWriter create(Path file, String spec) throws IOException {
        // Not a channel's stream, which closes when the thread that writes is interrupted.
        OutputStream bytes = new FileOutputStream(file.toFile());
        try {
            return new EvidenceWriter(file, spec, new BufferedOutputStream(new FastGzip(bytes), 1 << 16));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** Level 1 costs a third of the time of the default, and makes a file that is a fifth larger. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 14);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @Override
    public void started(RunInfo info) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", STARTED).put("version", VERSION).put("kit", info.kit()).put("spec", spec);
        json.putObject("implementation")
                .put("name", info.implementation().name())
                .put("version", info.implementation().version())
                .put("language", info.implementation().language());
        json.put("platform", info.platform());
        write(bytes(json));
    }

    @Override
    public void finished(CaseResult result) {
        if (result.left().isEmpty()) {
            return;
        }
        byte[] line = bytes(EvidenceJson.of(new EvidenceItem(
                result.testCase().id(),
                result.repetition(),
                hashes.of(result.testCase().file()),
                result.found(),
                result.left().get())));
        if (line.length > MOST_OF_A_CASE || written + line.length > MOST_IN_ALL) {
            leftOut++;
            return;
        }
        kept++;
        write(line);
    }

    @Override
    public void ended(RunSummary summary) {
        write(bytes(JsonNodeFactory.instance
                .objectNode()
                .put("type", FINISHED)
                .put("cases", kept)
                .put("left_out", leftOut)));
    }

    private static byte[] bytes(ObjectNode json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void write(byte[] line) {
        try {
            out.write(line);
            written += line.length;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
