package io.wstck.tck.report;

import java.util.List;
import java.util.Optional;

/** Every form that a run can be rendered in. Stateless. */
public final class Renderers {
    private Renderers() {}

    /** All of them, in the order in which a run writes and tells of them. */
    public static List<Renderer> all() {
        return List.of(new JunitRenderer(), new MarkdownRenderer(), new BadgeRenderer(), new HtmlRenderer());
    }

    /** The renderer of a format, by its word. */
    public static Optional<Renderer> of(String format) {
        return all().stream()
                .filter(renderer -> renderer.format().equals(format))
                .findFirst();
    }
}
