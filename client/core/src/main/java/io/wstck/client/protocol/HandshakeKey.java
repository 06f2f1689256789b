package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The nonce of one opening handshake (RFC 6455 §4.1).
 *
 * @param value 16 random bytes in base64
 */
public record HandshakeKey(String value) {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LENGTH = 16;

    /** Returns a fresh key. */
    public static HandshakeKey fresh(SecureRandom random) {
        byte[] nonce = new byte[LENGTH];
        random.nextBytes(nonce);
        return new HandshakeKey(Base64.getEncoder().encodeToString(nonce));
    }

    /** Returns the value that the server has to send in {@code Sec-WebSocket-Accept} (RFC 6455 §4.2.2). */
    public String accept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((value + GUID).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
