package io.wstck.tck.report;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.run.ContractVerdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders a run's profile and conclusion as a small SVG image. Stateless. */
final class Badge {
    private static final String LABEL = "wstck";

    /** Average width at 11 pixels. The image stretches its text to the computed width. */
    private static final double CHARACTER_WIDTH = 6.6;

    private static final int PADDING = 10;
    private static final int MOST_OF_A_NAME = 100;

    private Badge() {}

    static String svg(RecordedRun run) {
        ConclusionText conclusion = ConclusionText.of(run);
        RunStarted.ImplementationInfo judged = run.started().implementation();
        String heading = LABEL + " " + run.started().profile().word();
        String title = MarkdownText.html(XmlText.legal(LABEL + ": "
                + Excerpt.withRest(judged.name() + " " + judged.version(), MOST_OF_A_NAME) + ": " + conclusion.phrase()
                + " in profile " + run.started().profile().word() + contracts(run)));
        int label = width(heading);
        int message = width(conclusion.phrase());
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s">
                <title>%2$s</title>
                <clipPath id="edge"><rect width="%1$d" height="20" rx="3"/></clipPath>
                <g clip-path="url(#edge)">
                <rect width="%3$d" height="20" fill="#444"/>
                <rect x="%3$d" width="%4$d" height="20" fill="%5$s"/>
                </g>
                <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
                <text x="%6$d" y="14" textLength="%7$d">%8$s</text>
                <text x="%9$d" y="14" textLength="%10$d">%11$s</text>
                </g>
                </svg>
                """,
                label + message,
                title,
                label,
                message,
                colour(conclusion.tone()),
                PADDING / 2,
                label - PADDING,
                heading,
                label + PADDING / 2,
                message - PADDING,
                conclusion.phrase());
    }

    /** The conclusion for each contract, in parentheses. */
    private static String contracts(RecordedRun run) {
        List<ContractVerdict> verdicts =
                run.finished().map(RunFinished::contracts).orElse(List.of());
        return verdicts.isEmpty()
                ? ""
                : verdicts.stream()
                        .map(verdict -> verdict.contract().phrase() + ": " + ContractText.conclusion(verdict))
                        .collect(Collectors.joining("; ", " (", ")"));
    }

    private static int width(String text) {
        return (int) Math.ceil(text.length() * CHARACTER_WIDTH) + PADDING;
    }

    /** Colours that give white text a contrast of at least 4.5. */
    private static String colour(ConclusionText.Tone tone) {
        return switch (tone) {
            case GOOD -> "#1a7f37";
            case FAIR -> "#8a6100";
            case BAD -> "#b3261e";
            case UNKNOWN -> "#666";
        };
    }
}
