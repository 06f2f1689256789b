import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.junit.ClientCertification;

/** Every case of the kit, as a test of OkHttp. */
class OkHttpWebSocketTest extends ClientCertification {
    @Override
    protected CalledClient client() {
        return new OkHttpWebSocketClient();
    }
}
