package io.wstck.tck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** {@code report.html}: one run, or several beside each other, for people; one file that asks for nothing outside of it. */
final class HtmlRenderer implements Renderer {
    @Override
    public String format() {
        return "html";
    }

    @Override
    public String fileName() {
        return "report.html";
    }

    @Override
    public Room room() {
        return Room.MANY_RUNS;
    }

    @Override
    public void render(List<RecordedRun> runs, OutputStream out) throws IOException {
        HtmlPage.write(HtmlIndex.of(runs), out);
    }
}
