package io.wstck.tck.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.NotJudgedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the kit's requests, one per line, and writes the answers of the client. Each request runs on its own thread,
 * because a call may block.
 */
final class AgentService implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());
    private final OutputStream out;
    private final RequestHandler requestHandler;

    /** Guards {@link #out}. */
    private final ReentrantLock writing = new ReentrantLock();

    AgentService(CalledClient client, OutputStream out) {
        this.out = out;
        requestHandler = new RequestHandler(client);
    }

    /** Serves requests until the end of the stream. */
    void answerAll(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            JsonNode request = json.readTree(line);
            Thread.ofVirtual().name("request-" + request.path("id").asText()).start(() -> answer(request));
        }
    }

    private void answer(JsonNode request) {
        ObjectNode answer = json.createObjectNode();
        answer.set("id", request.path("id"));
        try {
            ArrayNode results = json.createArrayNode();
            requestHandler.handle(request, results);
            answer.set("results", results);
        } catch (CallFailedException e) {
            answer.putArray("results").addNull().add(error(e));
        } catch (NotJudgedException e) {
            answer.put(
                    e.notJudgedReason() instanceof NotJudgedReason.Unsupported ? "unsupported" : "trouble",
                    e.notJudgedReason().sentence());
        } catch (InterruptedException e) {
            answer.putArray("results").addNull().add(error(CallFailedException.unusable(e)));
        } catch (Throwable e) {
            // Kotlin and other languages throw undeclared checked exceptions.
            answer.put("trouble", SafeText.of(e));
        }
        write(answer);
    }

    private ObjectNode error(CallFailedException failure) {
        ObjectNode error = json.createObjectNode();
        error.putObject("error")
                .put("kind", failure.kind().word())
                .put("message", failure.getMessage())
                .put("retryable", failure.retry() == CallFailedException.Retry.WORTH_IT);
        return error;
    }

    private void write(ObjectNode answer) {
        byte[] line = (answer + "\n").getBytes(StandardCharsets.UTF_8);
        writing.lock();
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            // The kit reads no more. The end of the requests then ends this program.
            return;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        requestHandler.close();
    }
}
