package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.wire.Coding;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.deflate.DeflateForm;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.MessageCompressor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Plays the steps that send, and journals the messages among them. The player's thread only. */
final class Sender {
    private final Link link;
    private Optional<MessageCompressor> compressor = Optional.empty();

    Sender(Link link) {
        this.link = link;
    }

    /** From here on messages can be compressed. */
    void compressUnder(DeflateParameters parameters) {
        compressor = Optional.of(new MessageCompressor(parameters));
    }

    /** Queues what {@code step} sends. */
    Written send(Step.Send step) throws InterruptedException {
        return switch (step) {
            case Step.SendMessage message -> message(message, Optional.empty());
            case Step.SendFrame frame -> frame(frame);
            case Step.SendPing ping -> frame(ping.frame());
            case Step.SendPong pong -> frame(pong.frame());
            case Step.SendClose close -> frame(close.frame());
            case Step.SendBytes bytes -> link.bytes(bytes.payload().content(), bytes.chop());
        };
    }

    /** Queues a message like the one that came, compressed if that was. Its content was journaled then: no second digest over megabytes. */
    Written echo(Inbound.Data data) throws InterruptedException {
        Message message = data.message();
        Optional<DeflateForm> form =
                message.coding() instanceof Coding.Deflated ? Optional.of(DeflateForm.plain()) : Optional.empty();
        Step.SendMessage step = new Step.SendMessage(
                message.type(),
                PayloadSpec.of(message.content()),
                new Fragments.Whole(),
                form,
                OptionalInt.empty(),
                List.of());
        return message(step, Optional.of(data.evidence()));
    }

    private Written frame(Step.SendFrame frame) throws InterruptedException {
        Stretch payload = Stretch.all(frame.payload());
        return link.frame(frame.header(), payload, payload.evidence(link.log().digest()), frame.chop());
    }

    /** As {@code step} says; {@code known} is the evidence of its payload, where there is some already. */
    private Written message(Step.SendMessage step, Optional<Payload> known) throws InterruptedException {
        if (step.compress().isPresent() && compressor.isEmpty()) {
            return Written.NOT_NEGOTIATED;
        }
        PayloadSpec content = step.payload();
        PayloadSpec carried = step.compress()
                .map(form -> PayloadSpec.of(compressor.orElseThrow().compress(content.content(), form)))
                .orElse(content);
        List<Integer> sizes = step.fragments().of(carried.length());
        if (step.interleave().size() > sizes.size() - 1) {
            return Written.TOO_FEW_FRAMES;
        }
        Payload evidence =
                known.orElseGet(() -> Stretch.all(content).evidence(link.log().digest()));
        Written written = frames(step, carried, sizes, evidence);
        if (written == Written.SENT) {
            Coding coding = step.compress().isPresent()
                    ? new Coding.Deflated(carried.length(), Optional.empty())
                    : new Coding.Plain();
            link.log().message(Direction.OUT, step.type(), sizes.size(), evidence, coding);
        }
        return written;
    }

    private Written frames(Step.SendMessage step, PayloadSpec carried, List<Integer> sizes, Payload evidence)
            throws InterruptedException {
        int from = 0;
        for (int i = 0; i < sizes.size(); i++) {
            Fin fin = i == sizes.size() - 1 ? Fin.LAST : Fin.MORE;
            int opcode = i == 0 ? step.type().opcode() : Opcode.CONTINUATION;
            // RSV1 is on the first frame of a compressed message, and on no other (RFC 7692 §6.1).
            int rsv = i == 0 && step.compress().isPresent() ? FrameHeader.RSV1 : 0;
            Stretch fragment = new Stretch(carried, from, from + sizes.get(i));
            from += sizes.get(i);
            boolean wholeAndPlain = sizes.size() == 1 && step.compress().isEmpty();
            Written written = link.frame(
                    FrameHeader.of(fin, opcode, fragment.length()).withRsv(rsv),
                    fragment,
                    wholeAndPlain ? evidence : fragment.evidence(link.log().digest()),
                    step.chop());
            if (written == Written.SENT && i < step.interleave().size()) {
                written = send(step.interleave().get(i));
            }
            if (written != Written.SENT) {
                return written;
            }
        }
        return Written.SENT;
    }
}
