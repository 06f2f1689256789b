package io.wstck.tck.implementation.browser;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.AgentTransport;
import io.wstck.tck.implementation.agent.RunningAgents;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Serves a page on the loopback interface that is an agent: whichever browser opens it is judged. Either the kit opens it without a
 * window, or somebody opens it by hand.
 */
public final class BrowserTransport implements AgentTransport {
    /** How long a browser that the kit has started may take to load the page. */
    private static final Duration LOAD = Duration.ofMinutes(1);

    private final AgentPage page;
    private final Opener opener;

    /** The one door of all who come by hand: whoever has lost the page finds it where it was. */
    private final AgentPage.Door door;

    private final RunningAgents running = RunningAgents.watched();

    /** Who opens the page. */
    public sealed interface Opener {
        /** The kit, each time in a browser of its own. */
        record Kit(Browser browser, Trust trust) implements Opener {}

        /**
         * Somebody, always in the same browser.
         *
         * @param patience how long it may take
         * @param told hears the address each time that the page has to be opened
         */
        record Somebody(Duration patience, Consumer<String> told) implements Opener {}
    }

    /**
     * Begins to serve the page.
     *
     * @param port 0: any that is free
     * @throws AgentException when nobody can listen at the port
     */
    public BrowserTransport(int port, Opener opener) throws AgentException {
        this.opener = opener;
        try {
            page = AgentPage.serve(port);
        } catch (IOException e) {
            running.close();
            throw new AgentException(
                    AgentException.Fault.REQUEST,
                    "--browser: expected a port to serve the page at, but " + port + " cannot be had: "
                            + e.getMessage());
        }
        door = page.door();
    }

    @Override
    public Supply supply() {
        return switch (opener) {
            case Opener.Kit _ -> Supply.A_FEW;
            case Opener.Somebody _ -> Supply.ONE_AT_A_TIME;
        };
    }

    @Override
    public Optional<Profile> defaultProfile() {
        return Optional.of(Profile.WEB);
    }

    @Override
    public AgentLink start() throws AgentException, InterruptedException {
        return switch (opener) {
            case Opener.Kit(Browser browser, Trust trust) -> {
                AgentPage.Door own = page.door();
                Visit visit = page.expect(own);
                String address = page.address(own);
                yield met(visit, Optional.of(browser.open(address, trust)), LOAD, address, () -> page.forget(own));
            }
            case Opener.Somebody(Duration patience, Consumer<String> told) -> {
                Visit visit = page.expect(door);
                String address = page.address(door);
                told.accept(address);
                yield met(visit, Optional.empty(), patience, address, () -> {});
            }
        };
    }

    /** The link is there before the page is, so that the browser ends also when the kit is told to end while it starts. */
    private AgentLink met(
            Visit visit, Optional<OpenedBrowser> browser, Duration patience, String address, Runnable afterwards)
            throws AgentException, InterruptedException {
        PageLink link = new PageLink(visit, browser, running, afterwards);
        running.add(link);
        try {
            if (visit.awaitPage(patience)) {
                return link;
            }
            throw new AgentException(
                    AgentException.Fault.AGENT,
                    "expected a browser to open " + address
                            + browser.flatMap(OpenedBrowser::end)
                                    .map(end -> ", but " + end)
                                    .orElse(" within " + patience.toSeconds() + " s, none did"));
        } catch (AgentException | InterruptedException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            running.close();
        } finally {
            page.close();
        }
    }
}
