package io.wstck.tck.implementation.browser;

import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.RunningAgents;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The connection with one page, and the browser that the kit has started for it, if it has. Any thread. */
final class PageLink implements AgentLink {
    private final Visit visit;
    private final Optional<OpenedBrowser> browser;
    private final RunningAgents running;
    private final InputStream answers;
    private final Runnable afterwards;

    /** {@code afterwards} runs when the link is closed. */
    PageLink(Visit visit, Optional<OpenedBrowser> browser, RunningAgents running, Runnable afterwards) {
        this.afterwards = afterwards;
        this.visit = visit;
        this.browser = browser;
        this.running = running;
        answers = visit.answers();
        browser.ifPresent(started -> started.whenEnded(() -> visit.end(Visit.Ending.LOST)));
    }

    @Override
    public InputStream input() {
        return answers;
    }

    @Override
    public OutputStream output() {
        return visit.requests();
    }

    @Override
    public List<String> said() {
        return browser.map(OpenedBrowser::said).orElse(List.of());
    }

    @Override
    public String ending() {
        return browser.flatMap(OpenedBrowser::end).orElseGet(() -> switch (visit.ending()) {
            case LEFT -> "its page was closed, or loaded again";
            case LOST -> "its page was lost";
        });
    }

    /** A page that somebody has closed says nothing of its browser; one that is lost without a word may have crashed. */
    @Override
    public Hindrance.How loss() {
        return switch (visit.ending()) {
            case LEFT -> Hindrance.How.DISMISSED;
            case LOST -> Hindrance.How.DIED;
        };
    }

    @Override
    public void release() {
        close();
    }

    @Override
    public void close() {
        visit.end(Visit.Ending.LOST);
        try {
            browser.ifPresent(OpenedBrowser::close);
        } finally {
            afterwards.run();
            running.remove(this);
        }
    }
}
