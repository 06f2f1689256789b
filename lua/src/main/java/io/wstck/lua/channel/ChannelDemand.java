package io.wstck.lua.channel;

/** Told that a script wants a value of a channel that is filled only when somebody asks. Called on the script's thread. */
public interface ChannelDemand {
    /** For a channel that fills itself. */
    ChannelDemand NONE = new ChannelDemand() {
        @Override
        public void wanted() {}

        @Override
        public void look() {}
    };

    /** A script is about to wait for a value: sees to it that one comes. Does not wait. */
    void wanted();

    /**
     * A script looks whether there is a value, and does not wait for one: puts one that is there already into the channel.
     *
     * @throws InterruptedException when the script is stopped meanwhile
     */
    void look() throws InterruptedException;
}
