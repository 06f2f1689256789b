package io.wstck.tck.cli;

import io.wstck.tck.autobahn.serve.TestDriver;
import java.io.IOException;
import java.net.URI;

/** A driver whose client drops TCP in the first case. It plays a given number of cases. */
final class DroppingDriver {
    private DroppingDriver() {}

    /** Arguments: the number of cases and the server's URL. */
    public static void main(String[] arguments) throws IOException {
        URI url = URI.create(arguments[1]);
        if (!url.toString().equals(System.getenv("WSTCK_AUTOBAHN_URL"))) {
            throw new IllegalStateException("expected the same URL twice, got " + url + " and another");
        }
        for (int number = 1; number <= Integer.parseInt(arguments[0]); number++) {
            try (TestDriver driver = TestDriver.connect(url.getPort(), "/runCase?case=" + number + "&agent=dropping")) {
                if (number == 1) {
                    var _ = driver.read();
                } else {
                    driver.echo();
                }
            }
        }
    }
}
