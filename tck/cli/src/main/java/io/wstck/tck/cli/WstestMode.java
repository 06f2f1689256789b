package io.wstck.tck.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The modes of the original wstest. The kit implements the two that test. */
enum WstestMode {
    FUZZINGSERVER("fuzzingserver", ModeSupport.SUPPORTED, "plays the cases against clients"),
    FUZZINGCLIENT("fuzzingclient", ModeSupport.SUPPORTED, "plays the cases against servers"),
    ECHOSERVER("echoserver", ModeSupport.UNSUPPORTED, "is an example server"),
    ECHOCLIENT("echoclient", ModeSupport.UNSUPPORTED, "is an example client"),
    BROADCASTSERVER("broadcastserver", ModeSupport.UNSUPPORTED, "is an example server"),
    BROADCASTCLIENT("broadcastclient", ModeSupport.UNSUPPORTED, "is an example client"),
    TESTEESERVER("testeeserver", ModeSupport.UNSUPPORTED, "tests the original's own server"),
    TESTEECLIENT("testeeclient", ModeSupport.UNSUPPORTED, "tests the original's own client"),
    MASSCONNECT("massconnect", ModeSupport.UNSUPPORTED, "opens many connections to a server"),
    SERIALIZER("serializer", ModeSupport.UNSUPPORTED, "belongs to another protocol, WAMP");

    private enum ModeSupport {
        SUPPORTED,
        UNSUPPORTED
    }

    private final String word;
    private final ModeSupport support;
    private final String purpose;

    WstestMode(String word, ModeSupport support, String purpose) {
        this.word = word;
        this.support = support;
        this.purpose = purpose;
    }

    /**
     * The mode with this name.
     *
     * @throws CommandFailure if there is no such mode, or the kit does not implement it
     */
    static WstestMode of(Optional<String> name) throws CommandFailure {
        if (name.isEmpty()) {
            throw CommandFailure.usage("--mode: expected fuzzingserver or fuzzingclient, got no mode");
        }
        WstestMode mode = Arrays.stream(values())
                .filter(one -> one.word.equals(name.get()))
                .findFirst()
                .orElseThrow(() ->
                        CommandFailure.usage("--mode: expected one of " + words() + ", got \"" + name.get() + '"'));
        return switch (mode.support) {
            case SUPPORTED -> mode;
            case UNSUPPORTED ->
                throw CommandFailure.usage("--mode: expected fuzzingserver or fuzzingclient, got " + mode.word
                        + ", which " + mode.purpose + ": not supported");
        };
    }

    private static String words() {
        return Arrays.stream(values()).map(mode -> mode.word).collect(Collectors.joining(", "));
    }
}
