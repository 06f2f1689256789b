package io.wstck.tck.autobahn;

import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.PrefetchedTransport;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.TcpTransport;
import io.wstck.server.wire.Transport;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
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

/**
 * A minimal server that plays the case in a request's path: {@code /1.1.1}. It keeps the record of the last connection
 * of each case.
 */
final class CasePlayingServer implements AutoCloseable {
    private static final int MOST = 256 << 20;

    private final AutobahnCorpus corpus = AutobahnCorpus.standard();
    private final CasePlayer player;
    private final Map<CaseId, CompletableFuture<ExchangeRecord>> records = new ConcurrentHashMap<>();
    private final Map<CaseId, AutobahnCase> more = new ConcurrentHashMap<>();
    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> listener;

    private CasePlayingServer(XnioWorker worker, int memory) throws IOException {
        this.worker = worker;
        player = new CasePlayer(new MemoryBudget(memory));
        listener = worker.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::accept, OptionMap.EMPTY);
        listener.resumeAccepts();
    }

    /** A server that also plays a case that is not in the corpus. */
    static CasePlayingServer openFor(AutobahnCase testCase) throws IOException {
        CasePlayingServer server = open();
        server.more.put(testCase.id(), testCase);
        return server;
    }

    static CasePlayingServer open() throws IOException {
        return open(MOST);
    }

    /** A server with so many bytes of memory for the clients' messages. */
    static CasePlayingServer open(int memory) throws IOException {
        return new CasePlayingServer(Xnio.getInstance().createWorker(OptionMap.EMPTY), memory);
    }

    AutobahnCorpus corpus() {
        return corpus;
    }

    private AutobahnCase find(CaseId id) {
        return Optional.ofNullable(more.get(id)).or(() -> corpus.find(id)).orElseThrow();
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
            AutobahnCase testCase = find(CaseId.parse(request.target().substring(1)));
            CasePlayer.NegotiatedHandshake opening = CasePlayer.open(testCase, request);
            ByteBuffer answer = answer(request, opening);
            while (answer.hasRemaining()) {
                transport.write(answer);
            }
            CompletableFuture<ExchangeRecord> done =
                    records.computeIfAbsent(testCase.id(), _ -> new CompletableFuture<>());
            done.complete(player.play(testCase, opening, new PrefetchedTransport(transport, Bytes.owning(early))));
        } catch (IOException | InterruptedException | RuntimeException failure) {
            transport.abort();
            records.values().forEach(record -> record.completeExceptionally(failure));
        }
    }

    private static ByteBuffer answer(HttpRequest request, CasePlayer.NegotiatedHandshake opening) {
        StringBuilder text = new StringBuilder(
                HandshakeAnswer.accepting().bytesFor(request).text().orElseThrow());
        opening.extensions()
                .ifPresent(header -> text.insert(text.length() - 2, header.name() + ": " + header.value() + "\r\n"));
        return Bytes.utf8(text.toString()).buffer();
    }

    /** The verdict of a case. Waits until a client has connected for it and its connection has ended. */
    AutobahnResult result(CaseId id, Strictness strictness) throws InterruptedException {
        CompletableFuture<ExchangeRecord> record = records.computeIfAbsent(id, _ -> new CompletableFuture<>());
        try {
            return AutobahnJudge.judge(find(id), record.get(500, TimeUnit.SECONDS), strictness);
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError("case " + id + " was not played to its end", failure);
        }
    }

    /** The record of a case's exchange. */
    ExchangeRecord record(CaseId id) {
        return Optional.ofNullable(records.get(id)).orElseThrow().join();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        worker.shutdownNow();
    }
}
