package io.wstck.tck.implementation.browser;

import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.AgentLinks;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The agent link to one page: streams of the page's session, and the browser process if the kit started it. Any thread.
 */
final class PageLink implements AgentLink {
    private final PageSession session;
    private final Optional<BrowserProcess> browser;
    private final AgentLinks links;
    private final InputStream answers;
    private final Runnable onClose;

    /**
     * Creates a link.
     *
     * @param onClose runs when the link is closed
     */
    PageLink(PageSession session, Optional<BrowserProcess> browser, AgentLinks links, Runnable onClose) {
        this.onClose = onClose;
        this.session = session;
        this.browser = browser;
        this.links = links;
        answers = session.answers();
        browser.ifPresent(started -> started.whenEnded(() -> session.end(PageSession.PageEnd.LOST)));
    }

    /** Waits until the page has connected; returns whether it has. */
    boolean awaitPage(Duration patience) throws InterruptedException {
        return session.awaitPage(patience);
    }

    /** How the browser ended; empty if it runs, or if a user started it. */
    Optional<String> browserEnd() {
        return browser.flatMap(BrowserProcess::end);
    }

    @Override
    public InputStream input() {
        return answers;
    }

    @Override
    public OutputStream output() {
        return session.requests();
    }

    @Override
    public List<String> outputLines() {
        return browser.map(BrowserProcess::outputLines).orElse(List.of());
    }

    @Override
    public String ending() {
        return browserEnd().orElseGet(() -> switch (session.ending()) {
            case LEFT -> "its page was closed, or loaded again";
            case LOST -> "its page was lost";
        });
    }

    /** A closed page says nothing about its browser. A page that was lost without a message may have crashed. */
    @Override
    public NotJudgedReason.LossKind loss() {
        return switch (session.ending()) {
            case LEFT -> NotJudgedReason.LossKind.CLOSED_BY_USER;
            case LOST -> NotJudgedReason.LossKind.DIED;
        };
    }

    @Override
    public void release() {
        close();
    }

    @Override
    public void close() {
        session.end(PageSession.PageEnd.LOST);
        try {
            browser.ifPresent(BrowserProcess::close);
        } finally {
            onClose.run();
            links.remove(this);
        }
    }
}
