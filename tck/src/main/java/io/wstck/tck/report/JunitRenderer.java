package io.wstck.tck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** {@code junit.xml}: a run for CI servers. */
final class JunitRenderer implements Renderer {
    @Override
    public String format() {
        return "junit";
    }

    @Override
    public String fileName() {
        return "junit.xml";
    }

    @Override
    public Room room() {
        return Room.ONE_RUN;
    }

    @Override
    public void render(List<RecordedRun> runs, OutputStream out) throws IOException {
        JunitXml.write(runs.getFirst(), out);
    }
}
