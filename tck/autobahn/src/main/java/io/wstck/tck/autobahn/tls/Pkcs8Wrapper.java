package io.wstck.tck.autobahn.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Wraps a private key of an older format into PKCS #8 (RFC 5208), the only format that Java reads, in DER encoding
 * (X.690). Stateless.
 */
final class Pkcs8Wrapper {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    /** The tag [0] of an optional field: in RFC 5915 the curve. */
    private static final int CURVE = 0xa0;

    private static final byte[] VERSION_0 = value(INTEGER, new byte[1]);
    /** rsaEncryption (RFC 8017) and NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    /** id-ecPublicKey (RFC 5480). */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Pkcs8Wrapper() {}

    /** PKCS #8 of an RSAPrivateKey (RFC 8017 A.1.2). */
    static byte[] pkcs8OfRsa(byte[] key) {
        return pkcs8(RSA, key);
    }

    /**
     * PKCS #8 of an ECPrivateKey (RFC 5915).
     *
     * @throws IllegalArgumentException if the key does not name its curve, or is not such a key
     */
    static byte[] pkcs8OfEc(byte[] key) {
        return pkcs8(joined(EC, curve(key)), key);
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return value(SEQUENCE, joined(VERSION_0, value(SEQUENCE, algorithm), value(OCTET_STRING, key)));
    }

    /** The content of the field [0] of the sequence. */
    private static byte[] curve(byte[] key) {
        try {
            int at = contentOf(key, 0);
            while (at < key.length) {
                int content = contentOf(key, at);
                int end = content + lengthOf(key, at);
                if ((key[at] & 0xff) == CURVE) {
                    return Arrays.copyOfRange(key, content, end);
                }
                at = end;
            }
        } catch (IndexOutOfBoundsException cut) {
            throw new IllegalArgumentException("expected a whole key, found the beginning of one", cut);
        }
        throw new IllegalArgumentException("expected a key that names its curve, found one that does not");
    }

    /** The offset of the content of the value at {@code at}. */
    private static int contentOf(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int lengthOf(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int i = at + 2; i < contentOf(der, at); i++) {
            value = (value << 8) | (der[i] & 0xff);
        }
        if (value < 0) {
            throw new IndexOutOfBoundsException("length " + value);
        }
        return value;
    }

    private static byte[] value(int tag, byte[] content) {
        byte[] length;
        if (content.length < 0x80) {
            length = new byte[] {(byte) content.length};
        } else {
            // A key has less than 64 KiB.
            length = new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
            if (content.length < 0x100) {
                length = new byte[] {(byte) 0x81, (byte) content.length};
            }
        }
        return joined(new byte[] {(byte) tag}, length, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
