package io.wstck.tck.implementation;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.Profile;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A WebSocket client that can be judged. Thread-safe: cases run in parallel. */
public interface Implementation extends AutoCloseable {

    Description description();

    /**
     * Opens what one case needs.
     *
     * @param urls the servers of the case by name, as the kit reaches them; empty for a case without one
     */
    ImplementationSession open(Map<String, URI> urls);

    /** As {@link #open}, with no other case beside it in the program that the client lives in, where that is another one. */
    default ImplementationSession openAlone(Map<String, URI> urls) {
        return open(urls);
    }

    /**
     * As {@link #openAlone}, in a program that earlier sessions may have been alone in, as long as each of them has ended with no call under
     * way.
     */
    default ImplementationSession openAside(Map<String, URI> urls) {
        return openAlone(urls);
    }

    /** How many sessions can be alone side by side, each in a program of its own. */
    default int aloneAtOnce() {
        return 1;
    }

    /** Where the client runs. */
    default Home home() {
        return Home.THIS_JVM;
    }

    /** Where a client runs. */
    enum Home {
        /** Its calls run on the kit's threads, and may never return. */
        THIS_JVM,
        /** In another program, whose end ends every call. */
        OTHER_PROGRAM
    }

    /** The profile of a run without {@code --profile}: {@code api} for a client with the documented API. */
    default Profile defaultProfile() {
        return description().capabilities().contains(Capability.LUA) ? Profile.API : Profile.PROTOCOL;
    }

    /**
     * Why the client does not reach this machine by that name, which a server of a case is known by, as a sentence; empty if it does. May
     * block for two seconds.
     */
    default Optional<String> nameProblem(String host) throws InterruptedException {
        return LocalNames.problem(host);
    }

    @Override
    void close();
}
