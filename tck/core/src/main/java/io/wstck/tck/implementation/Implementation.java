package io.wstck.tck.implementation;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.Profile;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A WebSocket client under test. Thread-safe: cases run in parallel. */
public interface Implementation extends AutoCloseable {

    Description description();

    /**
     * Opens a session for one case. The client's process may serve other cases at the same time.
     *
     * @param urls the servers of the case by name, as the kit reaches them; empty for a case without servers
     */
    ImplementationSession open(Map<String, URI> urls);

    /**
     * Opens a session in a new process of the client, which serves no other case. The default opens a normal session,
     * for clients without a process of their own.
     */
    default ImplementationSession openInFreshProcess(Map<String, URI> urls) {
        return open(urls);
    }

    /**
     * Opens a session that has a process of the client to itself. Earlier sessions may have used this process, but only
     * if all their calls had returned.
     */
    default ImplementationSession openInOwnProcess(Map<String, URI> urls) {
        return openInFreshProcess(urls);
    }

    /** How many sessions can have a process of their own at the same time. */
    default int maxOwnProcesses() {
        return 1;
    }

    /** Where the client runs. */
    default ClientLocation clientLocation() {
        return ClientLocation.THIS_JVM;
    }

    enum ClientLocation {
        /** In this JVM. Its calls run on the kit's threads, and may never return. */
        THIS_JVM,
        /** In another process, whose end ends every call. */
        OTHER_PROGRAM
    }

    /** The profile of a run without {@code --profile}: {@code api} for a client with the documented Lua API. */
    default Profile defaultProfile() {
        return description().capabilities().contains(Capability.LUA) ? Profile.API : Profile.PROTOCOL;
    }

    /**
     * Why the client does not reach this machine by a server's host name, as a sentence; empty if it does. May block
     * for 2 s.
     */
    default Optional<String> nameProblem(String host) throws InterruptedException {
        return LoopbackNameCheck.problem(host);
    }

    @Override
    void close();
}
