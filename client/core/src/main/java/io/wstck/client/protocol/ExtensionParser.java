package io.wstck.client.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the value of a {@code Sec-WebSocket-Extensions} header by the grammar of RFC 6455 §9.1. */
final class ExtensionParser {
    private final String value;
    private int position;

    private ExtensionParser(String value) {
        this.value = value;
    }

    /**
     * Parses a list of extensions; empty elements are left out (RFC 9110 §5.6.1.2).
     *
     * @throws HandshakeException at the first character that the grammar does not allow there
     */
    static List<Extension> parse(String value) throws HandshakeException {
        return new ExtensionParser(value).list();
    }

    private List<Extension> list() throws HandshakeException {
        List<Extension> extensions = new ArrayList<>();
        while (true) {
            while (skip(',')) {}
            if (position == value.length()) {
                return extensions;
            }
            extensions.add(extension());
            if (position < value.length() && value.charAt(position) != ',') {
                throw unexpected("a comma or a semicolon");
            }
        }
    }

    private Extension extension() throws HandshakeException {
        String name = token();
        List<Extension.Parameter> parameters = new ArrayList<>();
        while (skip(';')) {
            String parameter = token();
            parameters.add(
                    new Extension.Parameter(parameter, skip('=') ? Optional.of(parameterValue()) : Optional.empty()));
        }
        return new Extension(name, List.copyOf(parameters));
    }

    /** Parses a token or a quoted token. §9.1 demands that the quoted text is a token, too. */
    private String parameterValue() throws HandshakeException {
        if (!skip('"')) {
            return token();
        }
        StringBuilder text = new StringBuilder();
        while (position < value.length() && value.charAt(position) != '"') {
            if (value.charAt(position) == '\\') {
                position++;
            }
            if (position < value.length()) {
                text.append(value.charAt(position++));
            }
        }
        if (!HttpTokens.isToken(text.toString()) || !skip('"')) {
            throw unexpected("a token in quotes");
        }
        return text.toString();
    }

    private String token() throws HandshakeException {
        skipBlanks();
        int start = position;
        while (position < value.length() && HttpTokens.isToken(value.substring(position, position + 1))) {
            position++;
        }
        if (start == position) {
            throw unexpected("a token");
        }
        String token = value.substring(start, position);
        skipBlanks();
        return token;
    }

    /** Skips a separator and the blanks around it, and returns whether the separator was there. */
    private boolean skip(char separator) {
        skipBlanks();
        if (position < value.length() && value.charAt(position) == separator) {
            position++;
            if (separator != '"') {
                skipBlanks();
            }
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (position < value.length() && (value.charAt(position) == ' ' || value.charAt(position) == '\t')) {
            position++;
        }
    }

    private HandshakeException unexpected(String expected) {
        return new HandshakeException("response header Sec-WebSocket-Extensions: expected " + expected + " at index "
                + position + " of " + PrintableText.quoted(value) + " (RFC 6455 §9.1)");
    }
}
