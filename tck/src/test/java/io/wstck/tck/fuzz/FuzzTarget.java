package io.wstck.tck.fuzz;

/** Code that must cope with any input. One instance is used by one thread, for many inputs. */
@FunctionalInterface
public interface FuzzTarget {
    /**
     * Plays one input: returns if the outcome is a documented one, and throws otherwise. What is thrown is the finding.
     *
     * @param input any bytes; the target may keep and change them
     */
    void play(byte[] input) throws Exception;
}
