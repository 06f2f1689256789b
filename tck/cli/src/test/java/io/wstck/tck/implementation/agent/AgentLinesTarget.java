package io.wstck.tck.implementation.agent;

import io.wstck.tck.fuzz.FuzzFinding;
import io.wstck.tck.fuzz.FuzzTarget;
import io.wstck.tck.fuzz.MessageChecks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The output of an agent. The first byte selects the request that the output answers. Allowed outcomes of each line are
 * an answer, a {@link AgentProtocol.BadMessageException} and, at the end, a line that is too long. The outcomes do not
 * depend on the sizes of the reads.
 */
public final class AgentLinesTarget implements FuzzTarget {
    private static final int MAX_LINE = 512;
    /** Longer than any message should be. */
    private static final int MAX_SENTENCE = 1000;

    private static final List<Operation> OPERATIONS = List.of(Operation.values());

    private final AgentProtocol protocol = new AgentProtocol();

    @Override
    public void play(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Operation operation = OPERATIONS.get(Math.floorMod(input[0], OPERATIONS.size()));
        byte[] printed = Arrays.copyOfRange(input, 1, input.length);
        List<Object> whole = outcome(operation, new ByteArrayInputStream(printed));
        List<Object> divided = outcome(operation, new ByteArrayInputStream(printed) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 7));
            }
        });
        if (!whole.equals(divided)) {
            throw new FuzzFinding(
                    "expected the same outcome for bytes read whole and in sevens:\n  " + whole + "\n  " + divided);
        }
    }

    private List<Object> outcome(Operation operation, InputStream in) throws IOException {
        List<Object> outcome = new ArrayList<>();
        LineReader lines = new LineReader(in, MAX_LINE);
        try {
            for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                outcome.add(answer(operation, line.get()));
            }
        } catch (LineReader.LineTooLongException e) {
            MessageChecks.checkLength(e.getMessage(), MAX_SENTENCE);
            outcome.add(e.getMessage());
        }
        return outcome;
    }

    private Object answer(Operation operation, LineReader.Line line) {
        try {
            return protocol.answer(operation, protocol.parse(line));
        } catch (AgentProtocol.BadMessageException e) {
            MessageChecks.checkLength(e.getMessage(), MAX_SENTENCE);
            return e.getMessage();
        }
    }
}
