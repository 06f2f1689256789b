package io.wstck.tck.autobahn.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads keys in each format that openssl writes, and checks the errors for other files. */
class ServerIdentityTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "rsa.crt, rsa-pkcs8.key",
        "rsa.crt, rsa-pkcs1.key",
        "ec.crt, ec-pkcs8.key",
        "ec.crt, ec-sec1.key",
        "ed25519.crt, ed25519.key"
    })
    void aKeyOfEachFormatIsRead(String cert, String key) throws Exception {
        assertThat(ServerIdentity.read(fixture(cert), fixture(key)).context().getProtocol())
                .isEqualTo("TLS");
    }

    @Test
    void keyAndCertificateMayBeInOneFile() throws Exception {
        Path both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(fixture("ec-sec1.key")) + Files.readString(fixture("ec.crt")));

        assertThat(ServerIdentity.read(both, both)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa.crt | ec-pkcs8.key | expected in KEY the private key of the certificate in CERT, found another",
                "rsa.crt | ed25519.key | expected in KEY the private key of the certificate in CERT, found another",
                "rsa.crt | rsa.crt | expected a block BEGIN PRIVATE KEY in KEY, found only CERTIFICATE",
                "rsa-pkcs8.key | rsa-pkcs8.key | expected a block BEGIN CERTIFICATE in CERT, found only PRIVATE KEY",
                "rsa.crt | rsa-encrypted.key | expected a private key without a password in KEY, found an encrypted one",
                "rsa.crt | rsa-encrypted-pkcs1.key | expected a private key without a password in KEY, found an encrypted one",
            })
    void aCertificateAndAKeyThatDoNotMatchAreAnError(String cert, String key, String sentence) throws Exception {
        Path certFile = fixture(cert);
        Path keyFile = fixture(key);

        assertThatThrownBy(() -> ServerIdentity.read(certFile, keyFile))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessage(sentence.replace("KEY,", keyFile + ",")
                        .replace("in KEY ", "in " + keyFile + " ")
                        .replace("in CERT", "in " + certFile));
    }

    @ParameterizedTest
    @CsvSource({"RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"})
    void aBrokenKeyIsAnError(String label) throws IOException, URISyntaxException {
        Path key = folder.resolve("broken.key");
        Files.writeString(key, "-----BEGIN " + label + "-----\nMIGk\n-----END " + label + "-----\n");
        Path cert = fixture("rsa.crt");

        assertThatThrownBy(() -> ServerIdentity.read(cert, key))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageStartingWith("expected a private key in " + key + ", found a broken one: ");
    }

    @Test
    void aMissingFileIsAnError() throws Exception {
        Path none = folder.resolve("none.key");
        Path cert = fixture("rsa.crt");

        assertThatThrownBy(() -> ServerIdentity.read(cert, none))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessage("expected a private key in a PEM file at " + none + ", found no file");
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(ServerIdentityTest.class.getResource(name).toURI());
    }
}
