package io.wstck.benchmarks.peer;

import java.lang.reflect.InvocationTargetException;

/** The clients that can be measured. A client whose library is missing has no class. */
public enum PeerKind {
    /** The measure of all others. */
    RAW("raw", "raw TCP, one write a frame", "RawPeer"),
    /** Writes frames together. */
    RAW_COALESCED("raw-coalesced", "raw TCP, one write for the frames of a read", "RawPeer$Coalescing"),
    /** The bundled client. */
    BUNDLED("wstck", "wstck, one by one", "BundledPeer"),
    /** The bundled client with a virtual thread that reads. */
    BUNDLED_VIRTUAL("wstck-virtual", "wstck, one by one, virtual reader", "BundledPeer$VirtualReader"),
    /** The bundled client with a handler, which the reading thread calls. */
    HANDLER("wstck-callback", "wstck, one by one, callback", "HandlerPeer"),
    /** The bundled client, many messages with one write. */
    BATCHED("wstck-batch", "wstck, batches", "BundledPeer$Batching"),
    /** The bundled client with a Lua script. */
    LUA("wstck-lua", "wstck from Lua, one by one", "LuaPeer"),
    /** Netty, one by one. */
    NETTY("netty", "Netty NIO, flush each message", "NettyPeer"),
    /** Netty, the messages of a read together. */
    NETTY_COALESCED("netty-coalesced", "Netty NIO, one flush for the messages of a read", "NettyPeer$Coalescing"),
    /** Java-WebSocket. */
    JAVA_WEBSOCKET("java-websocket", "Java-WebSocket", "JavaWebSocketPeer"),
    /** The client of java.net.http. */
    JDK("jdk", "JDK java.net.http", "JdkPeer"),
    /** OkHttp. */
    OKHTTP("okhttp", "OkHttp", "OkHttpPeer"),
    /** Jetty. */
    JETTY("jetty", "Jetty", "JettyPeer"),
    /** Undertow. */
    UNDERTOW("undertow", "Undertow", "UndertowPeer");

    private final String option;
    private final String title;
    private final String className;

    PeerKind(String option, String title, String className) {
        this.option = option;
        this.title = title;
        this.className = className;
    }

    /** {@return the name on the command line} */
    public String option() {
        return option;
    }

    /** {@return the name in the table} */
    public String title() {
        return title;
    }

    /**
     * Makes the client.
     *
     * @throws ClassNotFoundException if the benchmark was built without its library
     */
    EchoPeer create() throws ClassNotFoundException {
        try {
            Class<?> type = Class.forName(PeerKind.class.getPackageName() + "." + className);
            return (EchoPeer) type.getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw e;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(title + " cannot be started", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(className + " needs a constructor without arguments", e);
        }
    }
}
