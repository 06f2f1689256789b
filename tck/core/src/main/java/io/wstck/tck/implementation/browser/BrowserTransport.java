package io.wstck.tck.implementation.browser;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.AgentLinks;
import io.wstck.tck.implementation.agent.AgentTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Provides agents that are pages in a browser, and serves the agent page on the loopback interface. Either the kit
 * opens the page in a headless browser, or a user opens it by hand.
 */
public final class BrowserTransport implements AgentTransport {
    /** How long a browser that the kit started may take to load the page. */
    private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(1);

    private final AgentPageServer page;
    private final Opener opener;

    /** The path for users. It stays the same, so that a user who closed the page can open the same address again. */
    private final AgentPageServer.SecretPath userPath;

    private final AgentLinks links = AgentLinks.withShutdownHook();

    /** Whether the kit or a user opens the agent page in a browser. */
    public sealed interface Opener {
        /** The kit opens each page in a new browser. */
        record Kit(Browser browser, AuthorityFile trust) implements Opener {}

        /**
         * A user opens every page in the same browser.
         *
         * @param patience how long to wait for the user
         * @param addressListener gets the address each time the page has to be opened
         */
        record HumanUser(Duration patience, Consumer<String> addressListener) implements Opener {}
    }

    /**
     * Starts to serve the page.
     *
     * @param port 0 for any free port
     * @throws AgentException if the port cannot be used
     */
    public BrowserTransport(int port, Opener opener) throws AgentException {
        this.opener = opener;
        try {
            page = AgentPageServer.serve(port);
        } catch (IOException e) {
            links.close();
            throw new AgentException(
                    AgentException.Fault.REQUEST,
                    "--browser: cannot serve the page at port " + port + ": " + e.getMessage());
        }
        userPath = page.newPath();
    }

    @Override
    public AgentCapacity capacity() {
        return switch (opener) {
            case Opener.Kit _ -> AgentCapacity.FEW;
            case Opener.HumanUser _ -> AgentCapacity.ONE;
        };
    }

    @Override
    public Optional<Profile> defaultProfile() {
        return Optional.of(Profile.WEB);
    }

    @Override
    public AgentLink start() throws AgentException, InterruptedException {
        return switch (opener) {
            case Opener.Kit(Browser browser, AuthorityFile trust) -> {
                AgentPageServer.SecretPath path = page.newPath();
                PageSession session = page.expect(path);
                String address = page.address(path);
                PageLink link = links.open(() -> new PageLink(
                        session, Optional.of(browser.open(address, trust)), links, () -> page.remove(path)));
                yield awaitPage(link, LOAD_TIMEOUT, address);
            }
            case Opener.HumanUser(Duration patience, Consumer<String> addressListener) -> {
                PageSession session = page.expect(userPath);
                String address = page.address(userPath);
                addressListener.accept(address);
                PageLink link = links.open(() -> new PageLink(session, Optional.empty(), links, () -> {}));
                yield awaitPage(link, patience, address);
            }
        };
    }

    /** Waits for the page. The link exists from the start, so that the browser also ends if the kit ends meanwhile. */
    private static AgentLink awaitPage(PageLink link, Duration patience, String address)
            throws AgentException, InterruptedException {
        try {
            if (link.awaitPage(patience)) {
                return link;
            }
            throw new AgentException(
                    AgentException.Fault.AGENT,
                    "expected a browser to open " + address
                            + link.browserEnd()
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
            links.close();
        } finally {
            page.close();
        }
    }
}
