package io.wstck.tck.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.report.RunStarted;
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
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the evidence of a run as it goes: JSON lines, compressed by gzip. Opening and emptying the file waits for the
 * first finished case. For one thread at a time. The results must carry their evidence, and the writer does not keep
 * them.
 */
public final class EvidenceWriter implements RunListener, AutoCloseable {
    /** Version of the format; readers refuse newer ones. */
    static final int VERSION = 1;

    static final String STARTED = "evidence-started";
    static final String FINISHED = "evidence-finished";

    /** The field with the id of the run, as in the events. */
    static final String RUN = "run";

    /** Limit of one case before compression. A journal can take 32 MiB, but most are far smaller. */
    static final int MAX_CASE_BYTES = 4 << 20;

    /** Limit of the whole file before compression: a run of ten thousand repetitions must not fill a disk. */
    private static final long MAX_FILE_BYTES = 1L << 30;

    private final Path file;
    private final Supplier<RunStarted> head;
    private final CaseHashes hashes = new CaseHashes();
    private final CaseListDigest cases = new CaseListDigest();

    /** Present after the first finished case. */
    private Optional<OutputStream> out = Optional.empty();

    private long written;
    private int kept;
    private int leftOut;

    private EvidenceWriter(Path file, Supplier<RunStarted> head) {
        this.file = file;
        this.head = head;
    }

    /**
     * Creates a writer, and touches no file.
     *
     * @param file its folder must exist when the first case finishes
     * @param head the head of the run's events, asked for when the first case finishes
     */
    public static EvidenceWriter create(Path file, Supplier<RunStarted> head) {
        return new EvidenceWriter(file, head);
    }

    /** Uses level 1, which takes a third of the default's time for a file that is a fifth larger. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 14);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @Override
    public void started(RunInfo info) {
        // A run that fails before its first case keeps the evidence of an earlier one.
    }

    @Override
    public void finished(CaseResult result) {
        if (out.isEmpty()) {
            begin();
        }
        if (result.caseRecord().isEmpty()) {
            return;
        }
        ObjectNode line = digested(EvidenceJson.of(new CaseEvidence(
                result.testCase().id(),
                result.repetition(),
                hashes.of(result.testCase().file()),
                result.originalVerdict(),
                result.caseRecord().get())));
        byte[] bytes = bytes(line);
        if (bytes.length > MAX_CASE_BYTES || written + bytes.length > MAX_FILE_BYTES) {
            leftOut++;
            return;
        }
        kept++;
        cases.add(line);
        write(bytes);
    }

    private void begin() {
        try {
            out = Optional.of(open());
        } catch (IOException e) {
            throw unwritable(e);
        }
        RunStarted run = head.get();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", STARTED).put("version", VERSION).put("kit", run.kit()).put("spec", run.spec());
        json.putObject("implementation")
                .put("name", run.implementation().name())
                .put("version", run.implementation().version())
                .put("language", run.implementation().language());
        json.put("profile", run.profile().word());
        json.put("platform", run.platform());
        write(bytes(digested(json)));
    }

    private OutputStream open() throws IOException {
        // Not a channel's stream: that closes when the writing thread is interrupted.
        OutputStream bytes = new FileOutputStream(file.toFile());
        try {
            return new BufferedOutputStream(new FastGzip(bytes), 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public void ended(RunSummary summary) {
        if (out.isEmpty()) {
            return;
        }
        write(bytes(digested(JsonNodeFactory.instance
                .objectNode()
                .put("type", FINISHED)
                .put("cases", kept)
                .put("left_out", leftOut)
                .put(CaseListDigest.FIELD, cases.hex()))));
    }

    private ObjectNode digested(ObjectNode line) {
        return LineDigests.add(line.put(RUN, head.get().id()));
    }

    private static byte[] bytes(ObjectNode json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void write(byte[] line) {
        try {
            out.orElseThrow().write(line);
            written += line.length;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        if (out.isPresent()) {
            out.get().close();
        }
    }
}
