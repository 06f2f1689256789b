package io.wstck.tck.autobahn;

import io.wstck.server.exchange.ExchangeRecord;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.TcpTransport;
import io.wstck.server.wire.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A bare server that plays the case that a request's path names: {@code /1.1.1}; the last connection of a case is its record. */
final class Arena implements AutoCloseable {
    private static final int MOST = 256 << 20;

    private final AutobahnCorpus corpus = AutobahnCorpus.standard();
    private final CasePlayer player;
    private final Map<CaseId, CompletableFuture<ExchangeRecord>> records = new ConcurrentHashMap<>();
    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> listener;

    private Arena(XnioWorker worker, int memory) throws IOException {
        this.worker = worker;
        player = new CasePlayer(new MemoryBudget(memory));
        listener = worker.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::accept, OptionMap.EMPTY);
        listener.resumeAccepts();
    }

    static Arena open() throws IOException {
        return open(MOST);
    }

    /** A server that may hold so many bytes of what clients send. */
    static Arena open(int memory) throws IOException {
        return new Arena(Xnio.getInstance().createWorker(OptionMap.EMPTY), memory);
    }

    AutobahnCorpus corpus() {
        return corpus;
    }

    URI url(CaseId id) {
        return URI.create("ws://127.0.0.1:"
                + listener.getLocalAddress(InetSocketAddress.class).getPort() + "/" + id);
    }

    private void accept(AcceptingChannel<StreamConnection> accepting) {
        try {
            for (StreamConnection next = accepting.accept(); next != null; next = accepting.accept()) {
                TcpTransport transport = new TcpTransport(next);
                Thread.ofVirtual().start(() -> serve(transport));
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void serve(Transport transport) {
        try {
            ByteBuffer in = ByteBuffer.allocate(16 << 10);
            RequestReader reader = new RequestReader();
            while (true) {
                int count = transport.read(in.clear());
                if (count < 0) {
                    transport.close();
                    return;
                }
                if (reader.feed(in.flip()) == RequestReader.Progress.COMPLETE) {
                    break;
                }
                transport.await(Transport.Interest.READING, Deadline.never());
            }
            HttpRequest request = reader.request();
            byte[] early = new byte[in.remaining()];
            in.get(early);
            AutobahnCase one =
                    corpus.find(CaseId.parse(request.target().substring(1))).orElseThrow();
            CasePlayer.Opening opening = CasePlayer.open(one, request);
            ByteBuffer answer = answer(request, opening);
            while (answer.hasRemaining()) {
                transport.write(answer);
            }
            CompletableFuture<ExchangeRecord> done = records.computeIfAbsent(one.id(), _ -> new CompletableFuture<>());
            done.complete(player.play(one, opening, transport, Bytes.owning(early)));
        } catch (IOException | InterruptedException | RuntimeException failure) {
            transport.abort();
            records.values().forEach(record -> record.completeExceptionally(failure));
        }
    }

    private static ByteBuffer answer(HttpRequest request, CasePlayer.Opening opening) {
        StringBuilder text = new StringBuilder(
                HandshakeAnswer.accepting().bytesFor(request).text().orElseThrow());
        opening.extensions()
                .ifPresent(header -> text.insert(text.length() - 2, header.name() + ": " + header.value() + "\r\n"));
        return Bytes.utf8(text.toString()).buffer();
    }

    /** The verdict of a case that a client has connected for, or will within 10 s, once its connection has ended. */
    AutobahnResult result(CaseId id, Strictness strictness) throws InterruptedException {
        CompletableFuture<ExchangeRecord> record = records.computeIfAbsent(id, _ -> new CompletableFuture<>());
        try {
            return AutobahnJudge.judge(corpus.find(id).orElseThrow(), record.get(500, TimeUnit.SECONDS), strictness);
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError("case " + id + " was not played to its end", failure);
        }
    }

    /** The record behind that verdict. */
    ExchangeRecord record(CaseId id) {
        return Optional.ofNullable(records.get(id)).orElseThrow().join();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        worker.shutdownNow();
    }
}
