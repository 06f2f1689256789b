package io.wstck.tck.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.catalogue.Level;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signatures of failed checks: the same on every run, and different for different failures. */
class SignatureTest {
    @Test
    void aSignatureSaysWitnessCheckExpectedAndActual() {
        assertThat(signature(failed(Witness.SCRIPT, "returns", "true", "nil, error INTERNAL", 5)))
                .isEqualTo("script returns: expected true, got nil, error INTERNAL");
    }

    @Test
    void portsNoncesKeysTimesAndAddressesAreLeftOut() {
        assertSteady("ws://127.0.0.1:41234/s/k3v9aaaabbbb", "ws://127.0.0.1:39999/s/zzzzzzzz00");
        assertSteady("localhost:8081 refused", "localhost:60123 refused");
        assertSteady("\"alive 0a1b2c3d4e5f-1\"", "\"alive ffeedd001122-1\"");
        assertSteady("it took 12.75 ms", "it took 9 ms");
        assertSteady("after 1 s", "after 2 s");
        assertSteady("at 10:15:30.123", "at 9:59:01");
        assertSteady("key dGhlIHNhbXBsZSBub25jZQ==", "key AAECAwQFBgcICQoLDA0ODw==");
        assertSteady("<Connection object at 0x7f3aa0>", "<Connection object at 0x1>");
        assertSteady("Socket@1f2e3d", "Socket@99aa");
        assertSteady("hex 81 85 37 fa 21", "hex 81 85 00 01 02");
        assertSteady("got table: 6f43ed4", "got table: 123456");
        assertSteady("process 123456", "process 9876543");
        assertSteady("two\n  lines", "two lines");
    }

    /** Lists of known deviations are older than these texts. */
    @Test
    void theWaitOfTheServerAndTheDataBeforeTheEndAreLeftOut() {
        assertThat(signature(failed(Witness.SERVER, "step 3, expect-pong", "a pong", "nothing within 2 s", 1)))
                .isEqualTo("server step 3, expect-pong: expected a pong, got nothing in time");
        assertThat(signature(failed(
                        Witness.SERVER,
                        "step 3, send-message",
                        "sent",
                        "not sent in full: the connection had ended, after close 1009 of the client",
                        1)))
                .isEqualTo(
                        "server step 3, send-message: expected sent, got not sent in full: the connection had ended");
    }

    @Test
    void closeCodesStatusesLengthsAndWordsStay() {
        assertDiffer("close frame 1002", "close frame 1007");
        assertDiffer("HTTP 400", "HTTP 404");
        assertDiffer("125 bytes", "126 bytes");
        assertDiffer("4096 bytes", "4097 bytes");
        assertDiffer("deadbeef", "feedface");
        assertDiffer("INTERNAL", "TIMEOUT");
    }

    @Test
    void aSignatureDoesNotDependOnWhichWitnessWasFirst() {
        Check script = failed(Witness.SCRIPT, "message", "\"a\"", "nil", 10);
        Check server = failed(Witness.SERVER, "step 1, echo", "1 message", "FIN", 11);
        Check earlier = failed(Witness.SERVER, "step 1, echo", "1 message", "FIN", 9);

        assertThat(signature(script, server))
                .isEqualTo(signature(script, earlier))
                .startsWith("script message");
    }

    @Test
    void aViolationOfTheProtocolComesBeforeWhatFollowsFromIt() {
        Check script = failed(Witness.SCRIPT, "message", "\"a\"", "nil", 10);
        Check violation = failed(Witness.SERVER, "violation unmasked-frame", "a client", "a frame", 11);

        assertThat(signature(script, violation)).startsWith("server violation unmasked-frame");
    }

    @Test
    void aLongSignatureIsCutBetweenCharacters() {
        String signature = signature(failed(Witness.WIRE, "equal", "x", "\ud83c\udf89".repeat(400), 1));

        assertThat(signature.length()).isLessThanOrEqualTo(Signature.MAX_LENGTH + 1);
        assertThat(signature).endsWith("\udf89…");
    }

    @Test
    void aProgramThatDiedHasASignature() {
        assertThat(Judge.died("exit status 134, after it said: abort at 0x7f12").signature())
                .isEqualTo(
                        "client program: expected one that lives through the case, got exit status 134, after it said:"
                                + " abort at #");
    }

    @Test
    void checksThatFailNoCaseHaveNoSignature() {
        Check met = new Check(Witness.SCRIPT, Strength.CASE, Check.Outcome.MET, NamedCheck.OK, "", "", "", 1);

        assertThat(judged(met).signature()).isEmpty();
    }

    private static void assertSteady(String one, String other) {
        assertThat(signature(failed(Witness.SCRIPT, "x", "y", one, 1)))
                .isEqualTo(signature(failed(Witness.SCRIPT, "x", "y", other, 1)));
    }

    private static void assertDiffer(String one, String other) {
        assertThat(signature(failed(Witness.SCRIPT, "x", "y", one, 1)))
                .isNotEqualTo(signature(failed(Witness.SCRIPT, "x", "y", other, 1)));
    }

    private static Check failed(Witness witness, String name, String expected, String actual, long nanos) {
        return new Check(
                witness, Strength.CASE, Check.Outcome.FAILED, CheckKinds.of(name), expected, actual, "a.lua:1", nanos);
    }

    private static String signature(Check... checks) {
        return judged(checks).signature();
    }

    private static Judgement judged(Check... checks) {
        return Judge.judge(
                Level.MUST,
                new Evidence(
                        List.of(checks),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Evidence.AcceptedOutcomes.UNLISTED,
                        Optional.empty()));
    }
}
