package io.wstck.lua.channel;

/**
 * Lets Java code fill a channel only when a script receives from it or selects on it. Called on the script's thread.
 */
public interface ChannelFiller {
    /** Does nothing; for a channel that is filled without a request. */
    ChannelFiller NONE = new ChannelFiller() {
        @Override
        public void request() {}

        @Override
        public void poll() {}
    };

    /** Requests a value, before a script waits for it. Does not wait. */
    void request();

    /**
     * Puts a value that is available now into the channel, for a script that does not wait.
     *
     * @throws InterruptedException when the script is stopped meanwhile
     */
    void poll() throws InterruptedException;
}
